"""The members' pages in the office."""

READ, ENROL = "members.view_member", "members.enrol_member"
CONFIRM_PIN = "people.confirm_pin"
