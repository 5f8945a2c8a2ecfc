// Package chats reads conversations in writing from the exports of help desks, as chats
// of a log.
//
// [ZendeskChat] reads chats of Zendesk Chat, and [Intercom] conversations of Intercom.
// Both return a [Conversation] for each: a chat, and what a chat has no field for.
//
//	for c, err := range chats.Intercom(file) {
//		if err != nil {
//			…
//		}
//		c.Chat.Account = accounts[c.Customer]
//		log.Chats = append(log.Chats, c.Chat)
//	}
//
// # Who wrote
//
// Bots and triggers are the company's side. A message whose side an export does not tell
// is a fault: nobody is guessed. Notes among agents are not a part of the conversation;
// they are counted.
//
// # Attachments
//
// An export names the files that were attached, and has no digest of them. Attachments
// lists them. A host that has fetched a file fills in its digest, gives it the path under
// which it is stored, and adds it to Chat.Media.
//
// # What cannot be read
//
// A conversation that is wrong comes as an [*evidence.LineError] with every fault by its
// path, such as "chats[3].history[0].timestamp", and reading continues with the next. Only
// the fields that matter are read, strictly; any other field is passed over. A
// conversation has at most 16 MiB, and memory does not grow with the file. Half of a
// surrogate pair, which a text that was cut short ends in, becomes U+FFFD.
//
// # Privacy
//
// Conversations print as counts, in structured logs too, and refuse to be written as
// JSON. Errors quote no text of a file.
//
// # Compatibility
//
// The paths of faults are a contract: they may be retired, never renamed. Reasons may be
// reworded.
package chats
