// Package chats reads conversations from the exports of help desks, as chats of a log.
//
// [Zendesk] reads chats of Zendesk Chat, and [Intercom] reads conversations of Intercom.
// Both return a [Conversation] for each, which has the chat and the fields that a chat
// lacks:
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
// An export names the attached files but does not have their digests, which Chat.Media
// requires. Conversation.Attachments lists the files. A host that has fetched a file sets
// its digest and its path, and adds it to Chat.Media.
//
// # Errors
//
// A conversation with faults is returned as an [*evidence.LineError] with every fault by its
// path, such as "chats[3].history[0].timestamp", and reading continues. The fields that
// matter are read strictly, and all others are ignored. A conversation has at most 16 MiB,
// and memory does not grow with the file. Half of a surrogate pair, with which a text that
// was cut off may end, is read as U+FFFD.
//
// # Privacy
//
// Conversations print as counts, in structured logs too, and cannot be written as JSON.
// Errors do not quote the file.
//
// # Compatibility
//
// The paths of faults are a contract: they may be retired, never renamed. Reasons may be
// reworded.
package chats
