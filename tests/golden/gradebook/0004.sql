BEGIN TRANSACTION;
CREATE TABLE adjustments (
	id INTEGER NOT NULL, 
	student_id INTEGER NOT NULL, 
	assignment_id INTEGER NOT NULL, 
	question TEXT, 
	points DOUBLE NOT NULL, 
	comment TEXT NOT NULL, 
	author TEXT NOT NULL, 
	made_at DATETIME NOT NULL, due DATETIME, 
	CONSTRAINT pk_adjustments PRIMARY KEY (id), 
	CONSTRAINT fk_adjustments_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignments (id), 
	CONSTRAINT fk_adjustments_student_id FOREIGN KEY(student_id) REFERENCES students (id)
);
INSERT INTO "adjustments" VALUES(1,1,1,NULL,3.0,'neat','','2026-10-01 12:00:00.000000','2026-10-01 12:00:00.000000');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE assignments (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	title TEXT NOT NULL, 
	max_points DOUBLE NOT NULL, 
	counted VARCHAR(20) NOT NULL, 
	late_due DATETIME, 
	late_grace_minutes DOUBLE, 
	late_percent_per_day DOUBLE, 
	late_days INTEGER, 
	late_cap_percent DOUBLE, 
	CONSTRAINT pk_assignments PRIMARY KEY (id), 
	CONSTRAINT uq_assignments_key UNIQUE ("key")
);
INSERT INTO "assignments" VALUES(1,'small','Small',100.0,'last',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE attempts (
	id INTEGER NOT NULL, 
	student_id INTEGER NOT NULL, 
	assignment_id INTEGER NOT NULL, 
	submission TEXT NOT NULL, 
	digest VARCHAR(100) NOT NULL, 
	submitted_at DATETIME, 
	last_run_id INTEGER NOT NULL, 
	CONSTRAINT pk_attempts PRIMARY KEY (id), 
	CONSTRAINT fk_attempts_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignments (id), 
	CONSTRAINT fk_attempts_last_run_id FOREIGN KEY(last_run_id) REFERENCES runs (id), 
	CONSTRAINT fk_attempts_student_id FOREIGN KEY(student_id) REFERENCES students (id), 
	CONSTRAINT uq_attempts_student_id_assignment_id_digest UNIQUE (student_id, assignment_id, digest)
);
INSERT INTO "attempts" VALUES(1,1,1,'alice','sha256:one','2026-10-01 12:00:00.000000',1);
INSERT INTO "attempts" VALUES(2,2,1,'alice','',NULL,1);
CREATE TABLE check_results (
	id INTEGER NOT NULL, 
	question_result_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	check_id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	check_group VARCHAR(20) NOT NULL, 
	visibility VARCHAR(20) NOT NULL, 
	outcome VARCHAR(20) NOT NULL, 
	points DOUBLE NOT NULL, 
	max_points DOUBLE NOT NULL, 
	misconception TEXT, 
	seconds DOUBLE NOT NULL, 
	details TEXT NOT NULL, 
	CONSTRAINT pk_check_results PRIMARY KEY (id), 
	CONSTRAINT fk_check_results_question_result_id FOREIGN KEY(question_result_id) REFERENCES question_results (id) ON DELETE CASCADE, 
	CONSTRAINT uq_check_results_question_result_id_position UNIQUE (question_result_id, position)
);
INSERT INTO "check_results" VALUES(1,1,0,'first.test_values','Values are right.','core','visible','passed',100.0,100.0,NULL,0.004,'{"message": "", "hint": "", "call": "", "traceback": null, "stdout": "", "evidence": null}');
CREATE TABLE gradings (
	id INTEGER NOT NULL, 
	attempt_id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	gradable BOOLEAN NOT NULL, 
	errors TEXT NOT NULL, 
	points DOUBLE NOT NULL, 
	max_points DOUBLE NOT NULL, 
	seconds DOUBLE NOT NULL, 
	environment TEXT NOT NULL, 
	graded_at DATETIME NOT NULL, 
	CONSTRAINT pk_gradings PRIMARY KEY (id), 
	CONSTRAINT fk_gradings_attempt_id FOREIGN KEY(attempt_id) REFERENCES attempts (id) ON DELETE CASCADE, 
	CONSTRAINT fk_gradings_run_id FOREIGN KEY(run_id) REFERENCES runs (id), 
	CONSTRAINT uq_gradings_attempt_id_run_id UNIQUE (attempt_id, run_id)
);
INSERT INTO "gradings" VALUES(1,1,1,1,'[]',60.0,100.0,0.41,'{"python": "3.11.9", "numpy": "2.1.3", "platform": "Linux-6.8-x86_64", "isolation": {"rlimits": "on", "landlock": "on", "seccomp": "on"}, "assignment_digest": "sha256:a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1", "submission_digest": "sha256:one"}','2026-11-21 16:41:18.066866');
INSERT INTO "gradings" VALUES(2,2,1,0,'["the check raised"]',0.0,100.0,0.41,'{"python": "3.11.9", "numpy": "2.1.3", "platform": "Linux-6.8-x86_64", "isolation": {"rlimits": "on", "landlock": "on", "seccomp": "on"}, "assignment_digest": "sha256:a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1", "submission_digest": ""}','2026-11-21 16:41:18.076571');
CREATE TABLE question_results (
	id INTEGER NOT NULL, 
	grading_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	question TEXT NOT NULL, 
	module TEXT NOT NULL, 
	title TEXT NOT NULL, 
	points DOUBLE NOT NULL, 
	max_points DOUBLE NOT NULL, 
	note TEXT NOT NULL, 
	reading TEXT NOT NULL, 
	CONSTRAINT pk_question_results PRIMARY KEY (id), 
	CONSTRAINT fk_question_results_grading_id FOREIGN KEY(grading_id) REFERENCES gradings (id) ON DELETE CASCADE, 
	CONSTRAINT uq_question_results_grading_id_position UNIQUE (grading_id, position)
);
INSERT INTO "question_results" VALUES(1,1,0,'double','first','Double',60.0,100.0,'','[]');
CREATE TABLE runs (
	id INTEGER NOT NULL, 
	assignment_id INTEGER NOT NULL, 
	assignment_digest VARCHAR(100) NOT NULL, 
	seed BIGINT NOT NULL, 
	regrade BOOLEAN NOT NULL, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT pk_runs PRIMARY KEY (id), 
	CONSTRAINT fk_runs_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignments (id)
);
INSERT INTO "runs" VALUES(1,1,'sha256:one',7,0,'2026-11-21 16:41:18.054809','2026-11-21 16:41:18.113683');
CREATE TABLE similar_pairs (
	assignment_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	first_id INTEGER NOT NULL, 
	second_id INTEGER NOT NULL, 
	share DOUBLE NOT NULL, 
	lines INTEGER NOT NULL, 
	passages TEXT NOT NULL, 
	CONSTRAINT pk_similar_pairs PRIMARY KEY (assignment_id, position), 
	CONSTRAINT fk_similar_pairs_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignments (id), 
	CONSTRAINT fk_similar_pairs_first_id FOREIGN KEY(first_id) REFERENCES students (id), 
	CONSTRAINT fk_similar_pairs_second_id FOREIGN KEY(second_id) REFERENCES students (id)
);
INSERT INTO "similar_pairs" VALUES(1,0,1,2,0.75,2,'[{"module": "first", "first_lines": [1, 2], "second_lines": [3, 4], "first_text": "one", "second_text": "two"}]');
CREATE TABLE sources (
	attempt_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	module TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_sources PRIMARY KEY (attempt_id, position), 
	CONSTRAINT fk_sources_attempt_id FOREIGN KEY(attempt_id) REFERENCES attempts (id) ON DELETE CASCADE
);
INSERT INTO "sources" VALUES(1,0,'first','def double(x):
    return 2 * x
');
CREATE TABLE students (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	email TEXT NOT NULL, 
	section TEXT NOT NULL, 
	on_roster BOOLEAN NOT NULL, pseudonym TEXT, 
	CONSTRAINT pk_students PRIMARY KEY (id), 
	CONSTRAINT uq_students_key UNIQUE ("key")
);
INSERT INTO "students" VALUES(1,'alice','Alice','a@example.org','',1,NULL);
INSERT INTO "students" VALUES(2,'bob','','','',1,NULL);
CREATE INDEX ix_adjustments_student_id_assignment_id ON adjustments (student_id, assignment_id);
CREATE INDEX ix_gradings_run_id ON gradings (run_id);
CREATE UNIQUE INDEX ix_students_pseudonym ON students (pseudonym);
COMMIT;
