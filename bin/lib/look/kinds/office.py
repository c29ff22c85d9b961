"""Our own pages in the office, each seen by who works with it."""

from look.kinds.kind import Kind


def _snippet(name: str, model: str, role: str) -> tuple[Kind, ...]:
    """The list of a kind of thing in the office, and the form of one."""
    space = f"wagtailsnippets_{model}"
    return (
        Kind(f"o-{name}-list", "office", f"{space}:list", role=role),
        Kind(f"o-{name}-add", "office", f"{space}:add", role=role),
        Kind(f"o-{name}-edit", "office", f"{space}:edit", example=model, role=role),
    )


def _report(*keys: str, query: str = "") -> tuple[Kind, ...]:
    """Reports of money, each as the treasurer reads it."""
    return tuple(
        Kind(
            f"o-report-{key}",
            "office",
            "reports_office:report",
            example=f"report-{key}",
            query=query,
            role="treasurer",
        )
        for key in keys
    )


OFFICE = (
    Kind("o-home", "office", "wagtailadmin_home", role="secretary"),
    Kind("o-home-treasurer", "office", "wagtailadmin_home", role="treasurer"),
    Kind("o-home-storekeeper", "office", "wagtailadmin_home", role="storekeeper"),
    Kind("o-home-checker", "office", "wagtailadmin_home", role="checker"),
    Kind("o-home-auditor", "office", "wagtailadmin_home", role="auditor"),
    Kind("o-home-editor", "office", "wagtailadmin_home", role="editor"),
    # Orders and cards
    Kind("o-orders", "office", "shop_office:orders", role="secretary"),
    Kind("o-order", "office", "shop_office:order", example="number-placed", role="treasurer"),
    Kind(
        "o-order-shipped", "office", "shop_office:order", example="number-shipped", role="treasurer"
    ),
    Kind("o-order-ready", "office", "shop_office:order", example="number-ready", role="secretary"),
    Kind("o-cards", "office", "shop_office:cards", role="treasurer"),
    Kind("o-payout", "office", "shop_office:payout", example="payout", role="treasurer"),
    Kind("o-upload", "office", "shop_office:upload", role="secretary"),
    # Work
    Kind("o-work", "office", "production_office:orders", role="secretary"),
    Kind("o-work-open", "office", "production_office:open", role="secretary"),
    Kind(
        "o-work-order", "office", "production_office:order", example="work-order", role="secretary"
    ),
    Kind("o-share-out", "office", "production_office:share-out", role="secretary"),
    Kind("o-answers", "office", "production_office:answers", role="secretary"),
    Kind("o-wool-to-hand-out", "office", "production_office:wool", role="storekeeper"),
    Kind("o-deliveries", "office", "production_office:deliveries", role="storekeeper"),
    Kind("o-check", "office", "production_office:check", role="checker"),
    Kind("o-tags", "office", "catalog_office:tags", role="checker"),
    Kind("o-tag-sheet", "office", "catalog_office:sheet", role="checker"),
    Kind("o-tag-sheet-print", "office", "catalog_office:sheet", role="checker", is_printed=True),
    Kind("o-card", "office", "portal_office:card", example="member", role="secretary"),
    Kind("o-card-sheet", "office", "portal_office:cards", role="secretary"),
    Kind("o-card-sheet-print", "office", "portal_office:cards", role="secretary", is_printed=True),
    Kind("o-voices", "office", "portal_office:sounds", role="secretary"),
    Kind("o-pay-questions", "office", "portal_office:questions", role="treasurer"),
    Kind("o-hours", "office", "quotas_office:table", role="secretary"),
    # Wool
    Kind("o-stock", "office", "wool_office:stock", role="storekeeper"),
    Kind("o-lots", "office", "wool_office:lots", role="storekeeper"),
    Kind("o-movements", "office", "wool_office:movements", role="storekeeper"),
    Kind("o-lot", "office", "wool_office:lot", example="lot", role="storekeeper"),
    Kind("o-hands", "office", "wool_office:hands", role="storekeeper"),
    Kind("o-hands-of", "office", "wool_office:member", example="holder", role="storekeeper"),
    Kind("o-hand-out", "office", "wool_office:issue", role="storekeeper"),
    Kind("o-wool-came", "office", "wool_office:bought", role="treasurer"),
    Kind("o-trips", "office", "wool_office:trips", role="treasurer"),
    Kind("o-trip-send", "office", "wool_office:send", role="treasurer"),
    Kind("o-trip", "office", "wool_office:trip", example="trip", role="treasurer"),
    # Members and rules
    Kind("o-members", "office", "members_office:index", role="secretary"),
    Kind("o-enrol", "office", "members_office:enrol", role="secretary"),
    Kind("o-member", "office", "members_office:member", example="member", role="secretary"),
    Kind("o-pin-card", "office", "members_office:pin-card", example="member", role="secretary"),
    Kind("o-chart", "office", "catalog_office:chart", example="catalog_design", role="secretary"),
    Kind("o-doors", "office", "second-step-rules", role="president"),
    Kind("o-pins", "office", "members_office:pins", role="secretary"),
    Kind("o-rules", "office", "rules_office:index", role="secretary"),
    Kind("o-rules-version", "office", "rules_office:version", example="rule-set", role="secretary"),
    Kind("o-rules-change", "office", "rules_office:change", role="secretary"),
    # Books
    Kind("o-accounts", "office", "ledger_office:accounts", role="treasurer"),
    Kind("o-account", "office", "ledger_office:account", example="account", role="treasurer"),
    Kind("o-trial", "office", "ledger_office:trial", role="treasurer"),
    Kind("o-month", "office", "ledger_office:month", role="treasurer"),
    Kind("o-closed-days", "office", "ledger_office:periods", role="treasurer"),
    Kind("o-rates", "office", "ledger_office:rates", role="treasurer"),
    Kind("o-journal", "office", "ledger_office:journal", role="treasurer"),
    Kind("o-audit", "office", "ledger_office:audit", role="auditor"),
    Kind("o-seals", "office", "ledger_office:seals", role="auditor"),
    Kind("o-changes", "office", "ledger_office:changes", role="auditor"),
    # Reports
    Kind("o-reports", "office", "reports_office:index", role="treasurer"),
    *_report("places", "balance-sheet", "cash-flow", "budget", "trial-balance"),
    *_report("income-statement", "members", query="compare=before"),
    *_report("payables", "receivables", "journal"),
    *_report("account", query="account=1041"),
    Kind("o-budget-lines", "office", "reports_office:budget-lines", role="treasurer"),
    Kind("o-decisions", "office", "reports_office:decisions", role="secretary"),
    Kind("o-decide-totals", "office", "reports_office:decide-totals", role="secretary"),
    Kind("o-decide-pay", "office", "reports_office:decide-pay", role="secretary"),
    Kind("o-write", "office", "ledger_office:write", role="treasurer"),
    Kind("o-move", "office", "ledger_office:move", role="treasurer"),
    Kind("o-hand", "office", "ledger_office:hand", role="treasurer"),
    Kind("o-template", "office", "ledger_office:template", example="template", role="treasurer"),
    Kind(
        "o-hotel-paid", "office", "ledger_office:template", example="hotel-paid", role="treasurer"
    ),
    Kind("o-add-account", "office", "ledger_office:add-account", role="treasurer"),
    Kind(
        "o-edit-account",
        "office",
        "ledger_office:edit-account",
        example="account",
        role="treasurer",
    ),
    Kind("o-rates-file", "office", "ledger_office:rates-file", role="treasurer"),
    Kind("o-grants", "office", "ledger_office:grants", role="treasurer"),
    Kind("o-new-grant", "office", "ledger_office:new-grant", role="treasurer"),
    Kind("o-grant", "office", "ledger_office:grant", example="grant", role="treasurer"),
    Kind(
        "o-grant-came", "office", "ledger_office:receive-grant", example="grant", role="treasurer"
    ),
    Kind(
        "o-change-budget",
        "office",
        "ledger_office:change-budget",
        example="grant",
        role="treasurer",
    ),
    Kind("o-tag", "office", "ledger_office:tag-entry", example="entry", role="treasurer"),
    Kind("o-result", "office", "ledger_office:result", role="treasurer"),
    Kind("o-share", "office", "ledger_office:share", role="treasurer"),
    Kind("o-close", "office", "ledger_office:close", example="month-over", role="treasurer"),
    Kind("o-closing", "office", "ledger_office:closing", example="closing", role="president"),
    Kind("o-entry", "office", "ledger_office:entry", example="entry", role="treasurer"),
    Kind(
        "o-entry-papers",
        "office",
        "ledger_office:entry",
        example="entry-with-paper",
        role="treasurer",
    ),
    Kind("o-add-photo", "office", "ledger_office:add-photo", example="entry", role="treasurer"),
    Kind("o-reverse", "office", "ledger_office:reverse", example="entry", role="treasurer"),
    Kind("o-waiting", "office", "ledger_office:waiting", role="treasurer"),
    Kind("o-owed", "office", "ledger_office:owed", role="treasurer"),
    Kind("o-payments", "office", "ledger_office:payments", role="treasurer"),
    Kind("o-pay-day", "office", "cash_office:pay-day", role="treasurer"),
    Kind("o-pay-days", "office", "cash_office:pay-days", role="treasurer"),
    Kind("o-pay-day-of", "office", "cash_office:pay-day-of", example="pay-day", role="treasurer"),
    Kind("o-hand-over", "office", "ledger_office:pay", example="to-hand-over", role="treasurer"),
    Kind(
        "o-hand-over-drawn",
        "office",
        "ledger_office:pay",
        example="to-hand-over-cash",
        query="by=signature",
        role="treasurer",
    ),
    Kind(
        "o-hand-over-witness",
        "office",
        "ledger_office:pay",
        example="to-hand-over-cash",
        query="by=witness",
        role="treasurer",
    ),
    Kind("o-advances", "office", "cash_office:advances", role="treasurer"),
    Kind("o-advance", "office", "cash_office:advance", example="advance", role="treasurer"),
    Kind("o-advance-ask", "office", "cash_office:ask-advance", role="treasurer"),
    Kind("o-overdue", "office", "cash_office:overdue", role="storekeeper"),
    Kind("o-boxes", "office", "cash_office:boxes", role="treasurer"),
    Kind("o-box", "office", "cash_office:box", example="box", role="treasurer"),
    Kind("o-box-open", "office", "cash_office:open", role="treasurer"),
    Kind("o-ask", "office", "ledger_office:ask", role="treasurer"),
    Kind("o-ask-errors", "office", "ledger_office:ask", role="treasurer", act="send_empty"),
    Kind("o-ask-member", "office", "ledger_office:ask-member", example="owed", role="treasurer"),
    Kind("o-payment", "office", "ledger_office:payment", example="payment", role="president"),
    # The bank
    Kind("o-bank", "office", "bank_office:index", role="treasurer"),
    Kind("o-statement", "office", "bank_office:statement", example="statement", role="treasurer"),
    Kind(
        "o-statement-read", "office", "bank_office:statement", example="statement", role="auditor"
    ),
    Kind("o-bank-line", "office", "bank_office:line", example="bank-line", role="treasurer"),
    Kind(
        "o-bank-line-done", "office", "bank_office:line", example="bank-line-done", role="treasurer"
    ),
    Kind("o-bank-find", "office", "bank_office:find", query="q=pedido", role="treasurer"),
    Kind("o-bank-rules", "office", "bank_office:rules", role="treasurer"),
    Kind("o-bank-import", "office", "bank_office:import", role="treasurer"),
    Kind(
        "o-bank-columns", "office", "bank_office:columns", example="bank-columns", role="treasurer"
    ),
    # What is written down once and used everywhere
    *_snippet("product", "catalog_product", "editor"),
    *_snippet("design", "catalog_design", "secretary"),
    *_snippet("category", "catalog_category", "editor"),
    *_snippet("settlement", "members_settlement", "secretary"),
    *_snippet("technique", "quotas_technique", "secretary"),
    *_snippet("buyer", "shop_buyer", "secretary"),
    *_snippet("shipping", "shop_shippingrate", "secretary"),
    *_snippet("colour", "wool_colour", "secretary"),
    *_snippet("yarn", "wool_yarn", "secretary"),
    # Wagtail's own, in the house's colours
    Kind("o-pages", "office", "wagtailadmin_explore_root", role="editor"),
    Kind("o-page-edit", "office", "wagtailadmin_pages:edit", example="home-page", role="editor"),
    Kind("o-pictures", "office", "wagtailimages:index", role="editor"),
    Kind("o-me", "office", "wagtailadmin_account", role="secretary"),
)
