"""What every way of running the house shares. Values come from the environment, with types."""

import zoneinfo
from typing import Any

import django.conf.locale
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from coop.settings import environment
from coop.settings.environment import ROOT, env

BASE_DIR = ROOT
DATA_DIR = environment.data_dir()

SECRET_KEY = environment.secret_key()
SITE_URL = environment.site_url()
ALLOWED_HOSTS = environment.allowed_hosts(SITE_URL)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DEBUG = False
TRUSTED_PROXIES = environment.count("TRUSTED_PROXIES")
# Set by bin/serve --https: then we speak https ourselves, with a certificate of our own making.
AUTHORITY_FILE = environment.authority()
OWN_ADDRESSES = environment.own_addresses()
# What lets another machine use the demo's log-ins; without it only this machine does.
DEMO_PASS: str = env.str("MINKA_DEMO_PASS", default="")

INSTALLED_APPS = [
    # The house, from the roof down: a template or a translation of ours wins over a library's.
    "coop.demo",
    "cms",
    "coop.portal",
    "coop.portal.offline",
    "orders.shop",
    "orders.production",
    "catalog",
    "coop.quotas",
    "coop.wool",
    "coop.members",
    "coop.rules",
    "ledger.reports",
    "ledger.bank",
    "ledger.cash",
    "ledger",
    "coop.people",
    "coop.kit",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "coop.people.apps.PeopleInOfficeConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "djmoney",
    "phonenumber_field",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "coop.kit.middleware.ClientAddressMiddleware",
    "coop.kit.middleware.CompressionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "coop.kit.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "coop.kit.middleware.SizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "coop.people.middleware.PersonLanguageMiddleware",
    "coop.people.middleware.DemoDoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
    "coop.kit.middleware.RefusalMiddleware",
    "coop.people.middleware.PasswordDoorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "coop.urls"
WSGI_APPLICATION = "coop.wsgi.application"
ASGI_APPLICATION = "coop.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "wagtail.contrib.settings.context_processors.settings",
            ],
            "builtins": ["coop.kit.templatetags.house"],
        },
    }
]

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": environment.url_config("CACHE_URL", "locmemcache://", "cache_url_config")}

# People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "coop.people.backends.EmailBackend",
    "coop.people.backends.PinBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "coop.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "coop.people.forms.LoginForm",
    "signup": "coop.people.forms.SignupForm",
    "add_email": "coop.people.forms.AddEmailForm",
    "change_password": "coop.people.forms.ChangePasswordForm",
    "reset_password": "coop.people.forms.ResetPasswordForm",
    "reset_password_from_key": "coop.people.forms.ResetPasswordKeyForm",
    "reauthenticate": "coop.people.forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
# She learns by mail when her password or her second step changes.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.split(":", 1)[0]
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "coop.people.factors.FactorAdapter"
MFA_FORMS = {"add_webauthn": "coop.people.factors.AddPasskeyForm"}
# The clock of an old phone may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# Only here: browsers too take a passkey without https at localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = environment.is_local_http(SITE_URL)
# Until the cooperative decides otherwise (in the office, "Second step"): whoever asks for money and
# whoever signs first are not let into the office with a password alone.
SECOND_STEP_REQUIRED: tuple[str, ...] = ("president", "treasurer")
# A customer from a shared address must still get in; guessing must not.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}

# Words ------------------------------------------------------------------------------------
LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# The others: what libraries say to people, in the voice of the house.
LOCALE_PATHS = [ROOT / "locale", *(ROOT / "locale" / of for of in ("allauth", "wagtail", "django"))]
USE_I18N = True
FORMAT_MODULE_PATH = ["coop.kit.formats"]
USE_TZ = True
TIME_ZONE = environment.time_zone()
LANG_NAMES_NOT_IN_DJANGO = {
    "qu": {"bidi": False, "code": "qu", "name": "Quechua", "name_local": "Runasimi"},
    "ay": {"bidi": False, "code": "ay", "name": "Aymara", "name_local": "Aymar aru"},
}
django.conf.locale.LANG_INFO.update(LANG_NAMES_NOT_IN_DJANGO)

# Money ------------------------------------------------------------------------------------
CURRENCIES = ("PEN", "BOB", "USD", "EUR", "GBP")
DEFAULT_CURRENCY = environment.one_of("BOOKS_CURRENCY", "PEN", CURRENCIES)
BOOKS_COUNTRY = environment.one_of("BOOKS_COUNTRY", "pe", ("pe", "bo"))

# Cards: off without a key. Source: design, "Environment".
STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_BASE, STRIPE_ACCOUNT = environment.stripe()

# Members' phones keep their work for where there is no signal. Off, every phone forgets it.
MEMBERS_OFFLINE = environment.flag("MEMBERS_OFFLINE", default=True)

# Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = env.str("MEDIA_URL", default="/media/")
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What no address leads to but a page that asks who is there: photographs of receipts.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "coop.kit.styles.HouseStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# The largest that any page takes is a few photographs at once; more is not even read.
MOST_SENT = 60_000_000
# A browser that sends more than that, but no more than this, is heard out before it is refused.
MOST_HEARD_OUT = 256_000_000

# Mail and work in the background ----------------------------------------------------------
_email = environment.url_config("EMAIL_URL", f"filemail:///{DATA_DIR / 'mail'}", "email_url_config")
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email.get("EMAIL_HOST", "")
EMAIL_PORT = _email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _email.get("EMAIL_FILE_PATH") or DATA_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Mink'a <minka@localhost>")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Wagtail ----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Mink'a"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("es", "Español"), ("en", "English")]
# The machine's own "localtime" is no zone that a browser knows.
WAGTAIL_USER_TIME_ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})
WAGTAIL_USAGE_COUNT_ENABLED = True
# Photographs as phones and cameras make them; `coop.kit.photographs` cleans what arrives.
WAGTAILIMAGES_IMAGE_FORM_BASE = "coop.kit.photographs.PhotographForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "heic", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# What a browser may load: nothing from elsewhere, no inline script or style. The office
# (Wagtail's admin) needs inline script, and has its own policy in coop.kit.middleware.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/office/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "media-src": [SELF],
        # Paying by card sends the checkout's form on to Stripe's page.
        "form-action": [SELF, *environment.card_pages(STRIPE_SECRET_KEY, STRIPE_API_BASE)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# Cookies and redirects are secure as soon as the site's address is https.
_is_https = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = _is_https
CSRF_COOKIE_SECURE = _is_https
SECURE_SSL_REDIRECT = _is_https and environment.flag("SECURE_SSL_REDIRECT", default=True)
_has_proxy = _is_https and AUTHORITY_FILE is None
# Without a proxy in front nobody but a stranger sends this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _has_proxy else None
# A browser that was told so would never again accept a certificate made anew.
SECURE_HSTS_SECONDS = 31_536_000 if _has_proxy else 0

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django_tasks": {"level": "INFO"}},
}
