// Package chats reads conversations from the exports of help desks, as chats of a log.
//
// [Zendesk] reads chats of Zendesk Chat, and [Intercom] reads conversations of Intercom.
// Both return each as a [Conversation], which has an [evidence.Chat] and the facts for which
// a Chat has no field:
//
//	for c, err := range chats.Intercom(file) {
//		if err != nil {
//			…
//		}
//		c.Chat.Account = accounts[c.Customer]
//		log.Chats = append(log.Chats, c.Chat)
//	}
//
// # Sides
//
// Bots and triggers are on the company's side. A message whose side cannot be determined is
// a fault. Notes among agents are not messages; Conversation.Notes counts them.
//
// # Attachments
//
// Chat.Media requires the digests of files, and an export does not have them. So the
// attached files are in Conversation.Attachments. A host that has downloaded a file can set
// its digest and its path, and add it to Chat.Media.
//
// # Errors
//
// A conversation with faults is returned as an [*evidence.LineError], and reading continues.
// The error has the path of each fault, such as "chats[3].history[0].timestamp". Only the
// fields that this package needs are checked; all others are ignored. A conversation has at
// most 16 MiB, and memory does not grow with the file. A text that was cut off may end in
// half of a surrogate pair, which is read as U+FFFD.
//
// # Privacy
//
// Conversations print as counts, in structured logs too, and cannot be encoded as JSON.
// Errors do not quote the file.
//
// # Compatibility
//
// The paths of faults are a contract: they may be retired, never renamed. Reasons may be
// reworded.
package chats
