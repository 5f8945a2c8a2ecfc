package processor

// MaxAnswer is the bound of an answer.
const MaxAnswer = maxAnswer
