"""What the database itself refuses: to change what the assembly decided."""

from coop.kit.triggers import append_only, register

TRIGGERS = append_only("reports_decision")

register("reports", TRIGGERS)
