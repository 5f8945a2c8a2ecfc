-- Instants are microseconds since 1970. The item of a case is its line in the queue, made
-- from its document and its books at the last change.

CREATE TABLE cases (subscription text PRIMARY KEY, version bigint NOT NULL, document text NOT NULL,
	state text NOT NULL, changed bigint NOT NULL, item text NOT NULL);
CREATE INDEX cases_state ON cases (state, changed);

CREATE TABLE decisions (key text PRIMARY KEY, subscription text NOT NULL, number integer NOT NULL,
	proposal text NOT NULL, facts text NOT NULL, record text NOT NULL, letter text NOT NULL, UNIQUE (subscription, number));

CREATE TABLE differences (id text PRIMARY KEY, subscription text NOT NULL, found bigint NOT NULL,
	open integer NOT NULL, body text NOT NULL);
CREATE INDEX differences_found ON differences (found);
CREATE INDEX differences_subscription ON differences (subscription, open);

CREATE TABLE audit (seq bigint PRIMARY KEY, subscription text NOT NULL, body text NOT NULL, signature text NOT NULL);
CREATE INDEX audit_subscription ON audit (subscription, seq);
CREATE TABLE audit_head (id integer PRIMARY KEY, seq bigint NOT NULL, digest text NOT NULL);
INSERT INTO audit_head VALUES (1, 0, '');

CREATE TABLE idempotency (id text PRIMARY KEY, request text NOT NULL, started bigint NOT NULL, status integer NOT NULL, body text NOT NULL);
CREATE INDEX idempotency_started ON idempotency (started);
