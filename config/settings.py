"""Settings: one file; every difference between machines is an environment variable.

A wrong value stops the start with a sentence that says which variable and why.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()


def stop(variable: str, why: str) -> SystemExit:
    return SystemExit(f"{variable}: {why}")


def is_loopback(host: str) -> bool:
    """Whether only this machine can open that host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read(parse: Any, variable: str, default: Any) -> Any:
    """The variable, parsed; stops with a sentence where it cannot be read."""
    try:
        return parse(variable, default)
    except (EnvError, ImproperlyConfigured, ValueError) as error:
        raise stop(variable, f"this value cannot be used ({error}).") from None


def read_size(variable: str, megabytes: int) -> int:
    """A limit in bytes, given in megabytes."""
    value: int = read(env.int, variable, megabytes)
    if value < 1:
        raise stop(variable, "a limit in megabytes has to be 1 or more.")
    return value * 1024 * 1024


# --- Where it runs -------------------------------------------------------------------------

DEBUG = read(env.bool, "DEBUG", False)
VAR_DIR = Path(read(env.str, "VAR_DIR", str(BASE_DIR / "var")))
try:
    # Cases, mail and what is on its way in: for whoever runs the site, and for no other account
    # of the machine. A folder that was there before stays as it is.
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    (VAR_DIR / "uploading").mkdir(mode=0o700, exist_ok=True)
except OSError as error:
    raise stop(
        "VAR_DIR",
        f"the folder {VAR_DIR} cannot be written to ({error.strerror}). Allow writing there, or "
        "name another one.",
    ) from None

#: What the server listens on, unless its command says otherwise.
PORT = read(env.int, "PORT", 8000)
if not 0 < PORT < 65536:
    raise stop("PORT", "ports go from 1 to 65535.")
SITE_URL = read(env.str, "SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname or _site.path:
    raise stop("SITE_URL", "give scheme and host only, such as https://keyright.example.")
#: A site that only this machine can open. It needs no secret and no mail server.
SITE_IS_LOCAL = is_loopback(_site.hostname)
SITE_IS_HTTPS = _site.scheme == "https"

ALLOWED_HOSTS = read(env.list, "ALLOWED_HOSTS", [_site.hostname])
if SITE_IS_LOCAL:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]


def kept_secret() -> str:
    """The secret of a local site: made once, readable by its owner alone."""
    path = VAR_DIR / "secret-key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    # Written aside and linked into place: of two processes that start at once, one secret stays.
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    except OSError as error:
        raise stop(
            "VAR_DIR", f"the folder {VAR_DIR} cannot be written to ({error.strerror})."
        ) from None
    return path.read_text().strip()


SECRET_KEY = read(env.str, "SECRET_KEY", "")
if not SECRET_KEY:
    if not SITE_IS_LOCAL:
        raise stop("SECRET_KEY", "a public site needs one: a long random text, kept secret.")
    SECRET_KEY = kept_secret()

# --- What it is made of --------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.SiteConfig",
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "guides",
    "appeals",
]

MIDDLEWARE = [
    "config.middleware.safe_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.same_for_everybody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.lasting_session",
    "config.middleware.account_language",
    "config.middleware.own_time",
    "config.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# The pack is the folder templates/crispy/.
CRISPY_TEMPLATE_PACK = "crispy"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["crispy"]
CRISPY_FAIL_SILENTLY = False

# --- Data ----------------------------------------------------------------------------------

DATABASES = {
    "default": read(env.dj_db_url, "DATABASE_URL", f"sqlite:///{VAR_DIR / 'keyright.sqlite3'}")
}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer waits for its turn at once instead of failing half-way; without it
    # several writers lose most of their transactions to "database is locked".
    # FULL: in WAL mode an answered write otherwise does not survive a power cut.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }
    # A file and not memory: browser tests read it from the server's threads.
    _database["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
elif _database["ENGINE"] == "django.db.backends.postgresql":
    # As many as the gate lets in at most, and room for readers; opened when first needed.
    _database.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 64, "timeout": 20}
    # Whoever waits for a row that another holds is told so after as long as on SQLite.
    _database["OPTIONS"].setdefault("options", "-c lock_timeout=20s")
else:
    raise stop("DATABASE_URL", "only sqlite:// and postgres:// are known here.")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": read(env.dj_cache_url, "CACHE_URL", "db://cache")}
#: Of public pages kept in memory by each process, in bytes; 0 keeps none.
PAGE_CACHE_LIMIT = read(env.int, "PAGE_CACHE_MB", 32) * 1024 * 1024
if PAGE_CACHE_LIMIT < 0:
    raise stop("PAGE_CACHE_MB", "a size in megabytes has to be 0 or more.")

#: Originals of evidence: private, below no address of the site.
EVIDENCE_ROOT = Path(read(env.str, "EVIDENCE_STORAGE", str(VAR_DIR / "evidence")))
EVIDENCE_FILE_LIMIT = read_size("EVIDENCE_FILE_LIMIT_MB", 20)
EVIDENCE_CASE_LIMIT = read_size("EVIDENCE_CASE_LIMIT_MB", 500)
EVIDENCE_ACCOUNT_LIMIT = read_size("EVIDENCE_ACCOUNT_LIMIT_MB", 2048)
#: Of a picture for a guide as it is sent; what is kept of it is far smaller.
PICTURE_LIMIT = read_size("PICTURE_LIMIT_MB", 8)
#: A seller who used every service there is names some forty.
CASE_PROVIDER_LIMIT = read(env.int, "CASE_PROVIDER_LIMIT", 200)
if CASE_PROVIDER_LIMIT < 1:
    raise stop("CASE_PROVIDER_LIMIT", "a limit has to be 1 or more.")
#: Of one request altogether, in bytes: what a case may hold, and the form around it.
REQUEST_LIMIT = EVIDENCE_CASE_LIMIT + 1024 * 1024
# A request beyond 64 kB goes to temporary files, each no longer than a file that can be kept.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "appeals.evidence.receiving.BoundedUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
# The longest guide, block by block in both languages, with two fields a block.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 7_000
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "uploading"
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Who signs in --------------------------------------------------------------------------

AUTH_USER_MODEL = "guides.User"
# One account an address is kept by a constraint on its lower case, which that check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "config.passwords.NotTheAddress"},
    {"NAME": "config.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "config.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "appeals:case-list"
LOGOUT_REDIRECT_URL = "guides:home"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional" if SITE_IS_LOCAL else "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
# Whoever opens the link in the browser they signed up with need not sign in as well.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# One address an account: a new one takes the place of the old once it is confirmed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "login": "config.account_forms.SignInForm",
    "signup": "config.account_forms.SignUpForm",
    "add_email": "config.account_forms.EmailForm",
    "change_password": "config.account_forms.ChangePasswordForm",
    "set_password": "config.account_forms.SetPasswordForm",
    "reset_password": "config.account_forms.AskResetForm",
    "reset_password_from_key": "config.account_forms.ResetForm",
    "reauthenticate": "config.account_forms.ConfirmPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
ACCOUNT_ADAPTER = "config.accounts.AccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = read(env.int, "TRUSTED_PROXY_COUNT", 0)

#: Seconds from the last visit: thirty days for everyone, twelve hours for staff.
SESSION_COOKIE_AGE = 30 * 24 * 3600
STAFF_SESSION_AGE = 12 * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SITE_IS_HTTPS
CSRF_COOKIE_SECURE = SITE_IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.errors.NothingTyped"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

# --- Languages -----------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Static files and headers --------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SITE_IS_HTTPS else 0
X_FRAME_OPTIONS = "DENY"
if ALLAUTH_TRUSTED_PROXY_COUNT and SITE_IS_HTTPS:
    # Only behind a proxy that was named: otherwise anybody could claim to have come by https.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Mail and logs -------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = read(env.str, "MAIL_FROM", f"Keyright <keyright@{_site.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
_mail_url = read(env.str, "EMAIL_URL", "")
if _mail_url:
    _mail = read(env.dj_email_url, "EMAIL_URL", "")
    if "EMAIL_BACKEND" not in _mail:
        raise stop("EMAIL_URL", "only smtp://, smtp+tls://, smtp+ssl:// and the like are known.")
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST = _mail.get("EMAIL_HOST", "")
    EMAIL_PORT = _mail.get("EMAIL_PORT", 25)
    EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
    EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
    EMAIL_TIMEOUT = 20
elif SITE_IS_LOCAL:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
#: Whether mail reaches anybody. Where it does not, nobody can confirm an address.
MAIL_IS_SENT = bool(_mail_url) or SITE_IS_LOCAL

#: No one approves their own change where this is on.
EDITORIAL_FOUR_EYES = read(env.bool, "EDITORIAL_FOUR_EYES", False)

#: Whether the tick asks other sites if the links to them still lead somewhere.
LINK_CHECKS = read(env.bool, "LINK_CHECKS", False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "keyright": {"level": "INFO"},
        # It would write the path of everything that fails, and some paths are tokens. What
        # breaks is in the log by config/errors.py; while developing there is no such page.
        "django.request": {"level": "ERROR" if DEBUG else "CRITICAL"},
        "django.security.csrf": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
