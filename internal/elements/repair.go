package elements

import "bytes"

// repair replaces each half of a surrogate pair by U+FFFD, in place. Services that cut texts
// leave such halves, even in fields that nobody reads. Without repair, a strict reader would
// refuse the whole element.
func repair(text []byte) {
	for i := 0; ; {
		n := bytes.IndexByte(text[i:], '\\')
		if n < 0 {
			return
		}
		i += n
		switch half(text[i:]) {
		case high:
			if half(text[i+6:]) == low {
				i += 12
				continue
			}
			copy(text[i:], `\ufffd`)
			i += 6
		case low:
			copy(text[i:], `\ufffd`)
			i += 6
		default:
			i = min(i+2, len(text))
		}
	}
}

const (
	high = iota + 1
	low
)

// half returns which half of a surrogate pair a text begins with, or 0.
func half(text []byte) int {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' || text[2]|0x20 != 'd' || !isHex(text[4]) || !isHex(text[5]) {
		return 0
	}
	switch text[3] {
	case '8', '9', 'a', 'b', 'A', 'B':
		return high
	case 'c', 'd', 'e', 'f', 'C', 'D', 'E', 'F':
		return low
	}
	return 0
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}
