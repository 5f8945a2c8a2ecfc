package csvlog

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
)

// FreePBX returns the mapping of the file that the CDR Reports page of FreePBX exports.
// The file has the columns of the function cdr_export_csv in
// https://github.com/FreePBX/cdr/blob/release/16.0/functions.inc.php; exports of earlier
// versions, which lack the last ten, are read too. The times are local times of the
// telephone system.
//
// If a call has several rows, each row is a record. The sequence in the id makes the ids
// different.
func FreePBX() Mapping {
	return Mapping{
		Kind:        evidence.KindCall,
		ID:          []string{"uniqueid", "sequence"},
		Account:     "accountcode",
		Start:       "calldate",
		Duration:    "duration",
		Billable:    "billsec",
		Disposition: "disposition",
		From:        "src",
		To:          "dst",
		Ignored: []string{
			"clid", "dcontext", "channel", "dstchannel", "lastapp", "lastdata", "amaflags", "userfield", "did", "cnum", "cnam",
			"outbound_cnum", "outbound_cnam", "dst_cnam", "recordingfile", "linkedid", "peeraccount",
		},
	}
}

// CDRCustom returns the mapping of the file that Asterisk's module cdr_custom writes with
// the mapping Master.csv of its sample configuration,
// https://github.com/asterisk/asterisk/blob/master/configs/samples/cdr_custom.conf.sample.
// The file has no line of column names. Its last column, sequence, is missing in files of
// older samples. The times are local times of the telephone system.
//
// For another list of fields in cdr_custom.conf, set Mapping.Columns to it.
func CDRCustom() Mapping {
	return Mapping{
		Kind:        evidence.KindCall,
		ID:          []string{"uniqueid", "sequence"},
		Account:     "accountcode",
		Start:       "start",
		End:         "end",
		Duration:    "duration",
		Answered:    "answer",
		Billable:    "billsec",
		Disposition: "disposition",
		From:        "src",
		To:          "dst",
		Columns: []string{
			"clid", "src", "dst", "dcontext", "channel", "dstchannel", "lastapp", "lastdata", "start", "answer", "end",
			"duration", "billsec", "disposition", "amaflags", "accountcode", "uniqueid", "userfield", "sequence",
		},
	}
}

// TeamViewer returns the mapping of TeamViewer's connection reports under the field names
// of its Web API, https://webapi.teamviewer.com/api/v1/docs/index, which the cmdlet
// Get-TeamViewerConnectionReport of https://github.com/teamviewer/TeamViewerPS returns as
// well. TeamViewer documents that exported times are in UTC, so Options.Location is
// time.UTC:
// https://www.teamviewer.com/en/global/support/knowledge-base/teamviewer-remote/security/connection-reports/.
//
// A report that the Management Console exports has headings in the user's language and
// times in the user's format: change the names and Layouts for it. The notes of a session
// are free text; a host whose agents note tickets there sets Issues to "notes" and
// SplitIssues.
func TeamViewer() Mapping {
	return Mapping{
		Kind:     evidence.KindRecording,
		ID:       []string{"id"},
		Agent:    "username",
		Start:    "start_date",
		End:      "end_date",
		Software: "TeamViewer",
		Layouts:  []string{time.RFC3339, time.DateTime},
		Ignored: []string{
			"userid", "deviceid", "devicename", "groupid", "groupname", "support_session_type", "session_code", "fee",
			"billing_state", "currency", "notes",
		},
	}
}
