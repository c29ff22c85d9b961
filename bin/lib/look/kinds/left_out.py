"""Addresses that are no page kind, each with its reason."""

FORM = "answers a form of another page: takes POST only"
MACHINE = "speaks to programs"
PICTURE = "a picture or a file, not a page"
ACTED = "shown through its form: see the kind's act"
CODE = "log-in by a mailed code is switched off"

LEFT_OUT = {
    # The shop
    "cart-add": FORM,
    "cart-change": FORM,
    "cart-remove": FORM,
    "order-pay": FORM,
    "order-paid": "asks the provider, then leads to the order",
    "order-let-go": FORM,
    "order-again": FORM,
    "order-claim": FORM,
    "wholesale-template": PICTURE,
    "wholesale-upload": ACTED,
    "wholesale-confirm": ACTED,
    # Members
    "portal:leave": FORM,
    "portal:language": FORM,
    "portal:take": FORM,
    "portal:decline": FORM,
    "portal:confirm-pin": FORM,
    # The office
    "shop_office:record-payment": FORM,
    "shop_office:ship": FORM,
    "shop_office:cancel": FORM,
    "shop_office:mail-again": FORM,
    "shop_office:refund": FORM,
    "shop_office:cards-compare": FORM,
    "shop_office:cards-forward": FORM,
    "shop_office:upload-confirm": FORM,
    "production_office:call-off": FORM,
    "production_office:take-back": FORM,
    "production_office:answer": FORM,
    "production_office:hand-out": FORM,
    "production_office:bring": FORM,
    "production_office:bring-back": FORM,
    "production_office:judge": FORM,
    "catalog_office:tag": PICTURE,
    "wool_office:lose": FORM,
    "wool_office:take-back": FORM,
    "wool_office:write-off": FORM,
    "wool_office:receipt": FORM,
    "wool_office:rest": FORM,
    "wool_office:cancel-trip": FORM,
    "members_office:appoint": FORM,
    "members_office:end-office": FORM,
    "members_office:suspend": FORM,
    "members_office:reinstate": FORM,
    "members_office:leave": FORM,
    "members_office:consents": FORM,
    "members_office:confirm-pin": FORM,
    "members_office:withdraw-pin": FORM,
    "rules_office:adopt": "leads to the rules once there are some: the demo has them",
    "ledger_office:receipt": PICTURE,
    "ledger_office:together": FORM,
    "ledger_office:sign": FORM,
    "ledger_office:pay": FORM,
    "ledger_office:void": FORM,
    # What programs ask
    "healthz": MACHINE,
    "readyz": MACHINE,
    "stripe-webhook": MACHINE,
    "robots": MACHINE,
    "sitemap": MACHINE,
    "media": PICTURE,
    "motif": PICTURE,
    "motif-swatch": PICTURE,
    # Accounts
    "account_set_password": "for accounts without a password, which have no way in there",
    "account_confirm_login_code": CODE,
    "mfa_authenticate": "only between the password and the second factor: tests/people",
    "mfa_reauthenticate": "only for who has a second factor: tests/people",
    "mfa_deactivate_totp": "only for who has a second factor: tests/people",
    "mfa_view_recovery_codes": "only for who has a second factor: tests/people",
    "mfa_generate_recovery_codes": "only for who has a second factor: tests/people",
    "mfa_download_recovery_codes": PICTURE,
    "mfa_reauthenticate_webauthn": "only for who has a passkey: tests/people",
    "mfa_remove_webauthn": "only for who has a passkey: tests/people",
    "mfa_edit_webauthn": "only for who has a passkey: tests/people",
    "mfa_login_webauthn": MACHINE,
}
#: Whole families of addresses.
LEFT_OUT_SPACES = {"api-v1": MACHINE}
