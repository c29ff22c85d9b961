"""The members' screens seen from the office: printed cards, recordings, questions about pay."""

RECORD, ANSWER = "portal.record_sounds", "portal.answer_pay_question"
