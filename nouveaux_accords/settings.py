"""Settings, read from the environment. docs/deploy.md lists the variables.

Two ways to run. With nothing set, the application answers on this machine only
(localhost) with a key and a database kept in var/. Naming public hosts in
ALLOWED_HOSTS is what makes a production: secrets are then required and HTTPS is on.
"""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from nouveaux_accords import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS") or LOCAL_HOSTS
PRODUCTION = not set(ALLOWED_HOSTS) <= set(LOCAL_HOSTS)
# Demonstration accounts, their shared password, no second factor: `make demo` alone sets it.
DEMO = env.flag("DEMO")
DEBUG = False
SECRET_KEY = env.secret_key(production=PRODUCTION, path=VAR / "secret_key")
# The journal's seals have a key of their own, so that changing SECRET_KEY breaks none. Several: the first
# seals, all verify. With none, a key made once in VAR.
JOURNAL_KEYS = env.items("JOURNAL_KEY") or [env.local_secret(VAR / "journal_key")]
SEALS_DIR = Path(env.text("SEALS_DIR", str(VAR / "seals")))
# Encrypted archives and the ledger of erasures: best on another disk than the database's.
BACKUP_DIR = Path(env.text("BACKUP_DIR", str(VAR / "backups")))
BACKUP_RECIPIENTS = env.items("BACKUP_RECIPIENTS")
SECRET_KEY_FALLBACKS = env.items("SECRET_KEY_FALLBACKS")

INSTALLED_APPS = [
    # Not django.contrib.admin: its autodiscovery imports leaflet.admin, which needs GDAL.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "leaflet",
    "rest_framework",
    "drf_spectacular",
    "observations",
]

MIDDLEWARE = [
    "nouveaux_accords.bodies.read_to_the_end",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "nouveaux_accords.caches.private_by_default",
    "nouveaux_accords.outage.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nouveaux_accords.last_use.noted",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nouveaux_accords.second_factor.SecondFactorMiddleware",
    "nouveaux_accords.charter.CharterMiddleware",
]

ROOT_URLCONF = "nouveaux_accords.urls"
WSGI_APPLICATION = "nouveaux_accords.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "observations.context.page",
            ],
            "builtins": ["observations.templatetags.house"],
        },
    }
]

# Database. SQLite takes the write lock when a transaction begins (IMMEDIATE), so that two
# writers queue instead of failing half-way, and FULL survives a power cut: what was
# acknowledged to a phone is on the disk. What is deleted is written over (secure_delete).
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR / 'db.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        ),
    }
    # A file, not memory: the browser tests serve from threads of their own.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
else:
    # A host that no longer answers is an outage after seconds, not after the system's two hours.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
    } | DATABASES["default"].get("OPTIONS", {})
# One cache for all processes: it counts sign-in attempts and remembers which codes have served. Large, because
# a table that is full forgets whatever comes first, and somebody could fill it on purpose.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
        "KEY_FUNCTION": "nouveaux_accords.caches.sealed_key",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "nouveaux_accords.staticfiles.Storage"},
}

# Accounts. People sign in with a code sent by e-mail; passwords are for the demonstration.
AUTH_USER_MODEL = "observations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "observations.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# Nobody signs up; without a password in this list the sign-in form would never ask for one.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "request_login_code": "observations.accounts.forms.RequestLoginCode",
    "confirm_login_code": "observations.accounts.forms.ConfirmLoginCode",
}
# Per network, per pending code, per (address, network): nothing that a stranger can use up for somebody else
# (docs/decisions/0012-limits-without-lock-out.md).
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip",
    "code_to_address": "3/5m/key",
    "code_attempt": "3/15m/key,30/m/ip",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
MFA_ADAPTER = "observations.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "observations.accounts.forms.Authenticate",
    "reauthenticate": "observations.accounts.forms.Reauthenticate",
    "activate_totp": "observations.accounts.forms.ActivateTOTP",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# A slow hand and a clock a little off: the code before and the one after are taken, once each.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Nouveaux Accords"
# Codes to write down once: whoever opens the page later sees how many are left.
MFA_RECOVERY_CODES_SHOW_ONCE = True
SESSION_ENGINE = "nouveaux_accords.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600

EMAIL_BACKEND = env.text(
    "EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "django.core.mail.backends.console.EmailBackend",
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "carnet@localhost")

# The web. Nothing comes from elsewhere but map tiles.
TILE_URL = env.text(
    "TILE_URL",
    "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
    "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}",
)
TILE_ATTRIBUTION = env.text("TILE_ATTRIBUTION", "© IGN – Géoplateforme")
TILE_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(TILE_URL)) if TILE_URL else ""
GEOCODER_DOMAIN = env.text("GEOCODER_DOMAIN", "data.geopf.fr/geocodage")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *([TILE_ORIGIN] if TILE_ORIGIN else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": PRODUCTION,
    }
}
LEAFLET_CONFIG = {
    "TILES": [("Plan", TILE_URL, {"attribution": TILE_ATTRIBUTION, "maxZoom": 18})] if TILE_URL else [],
    "RESET_VIEW": False,
    "SCALE": "metric",
    "MAX_ZOOM": 18,
    "NO_GLOBALS": False,
}

# How many proxies of ours stand in front. Each adds an address to X-Forwarded-For; what a visitor wrote there before
# them counts for nothing, and with none the header is not read at all.
ALLAUTH_TRUSTED_PROXY_COUNT = env.count("BEHIND_PROXY")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "observations.views.csrf_failure"
if PRODUCTION:
    CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS]
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        # Only a proxy that overwrites this header may be trusted with it.
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# One observation is a few kilobytes; the wire contract bounds each text.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Nouveaux Accords",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "observations.api.door.described",
    ],
}

# Residents' words stay out of the logs: no query string, no value of an exception.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "nouveaux_accords.logs.QuietFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "observations": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
