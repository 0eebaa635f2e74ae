"""Settings that every environment shares; each other module here only changes what differs."""

import logging
import os
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from ceo_portal.cortacircuito import ESPERA_S

env = environ.Env()
RAIZ = Path(__file__).resolve().parent.parent.parent
RUTA_VAR = Path(env.str("RUTA_VAR", default=str(RAIZ / "var")))

SECRET_KEY = env.str("SECRET_KEY", default="")
# Earlier ones, which go on reading what they signed or ciphered (manage recifrar_secretos).
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
DEMO = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
URL_PUBLICA = env.str("URL_PUBLICA", default="http://localhost:8000").rstrip("/")
ROOT_URLCONF = "ceo_portal.urls"
WSGI_APPLICATION = "ceo_portal.wsgi.application"

INSTALLED_APPS = [
    "ceo_portal.operacion",
    "ceo_portal.administracion.apps.AdministracionConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_structlog",
    "escritura",
    "territorio",
    "bitacora",
    "cuentas",
    "papeles",
    "tramites",
    "mesa",
    "previsión",
    "notificaciones",
    "ceo_portal.interfaz",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ceo_portal.interfaz.middleware.salud_sin_galletas",
    "ceo_portal.interfaz.middleware.Comprimir",
    "csp.middleware.CSPMiddleware",
    "escritura.middleware.Puerta",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "cuentas.sesiones.Identificacion",
    "cuentas.caducidad.cerrar_las_caducas",
    "cuentas.freno.recordar_el_equipo",
    "ceo_portal.interfaz.middleware.sin_copias",
    "ceo_portal.trazas.PeticionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cuentas.segundo_factor.exigencia.ExigirSegundoFactor",
    "ceo_portal.interfaz.middleware.devolver_lo_escrito",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RAIZ / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "ceo_portal.interfaz.plantillas.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "ceo_portal.interfaz.contexto.portal",
            ],
        },
    }
]

# How many threads serve pages in each process of the web server.
HILOS = env.int("HILOS", default=8)

# SQLite is the embedded default: IMMEDIATE makes writers queue where PostgreSQL locks rows.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{RUTA_VAR / 'ceo.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    # A connection is tried before each use: those that PostgreSQL closed by itself reach no page.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        # One for each thread that serves, and some for those that watch; idle ones are given back. It
        # gives up trying soon: whoever asks next, with PostgreSQL back, is attended at once.
        "pool": {
            "min_size": 1,
            "max_size": HILOS + 4,
            "timeout": 10,
            "max_idle": 120,
            "reconnect_timeout": 2,
        },
        "connect_timeout": 3,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "es"
TIME_ZONE = "America/Guatemala"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = RAIZ / "staticfiles"
STATICFILES_DIRS = [RAIZ / "static"]

# Uploads are private: this storage has no URL; only the views that check permission read from it.
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "papeles.almacen.AlmacenDurable",
        "OPTIONS": {"location": RUTA_VAR / "documentos", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# The log's daily anchors: on another disk than the database's, or copied away every day.
RUTA_ANCLAS = Path(env.str("RUTA_ANCLAS", default=str(RUTA_VAR / "anclas")))
# Whether verifying the log demands that the database's role be another than its owner (production).
BITACORA_DE_OTRO_PAPEL = False
FILE_UPLOAD_HANDLERS = ["papeles.subida.Subida"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

AUTH_USER_MODEL = "cuentas.Usuario"
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("tablero")

# Accounts (allauth). Every limit shares one window, so that «Espere {n} minutos» is always true.
AUTHENTICATION_BACKENDS = ["cuentas.ingreso.UnaClavePorIntento"]
PASSWORD_HASHERS = ["cuentas.claves.ClaveNormal", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "cuentas.claves.ReglasDeClave"}]
PASSWORD_RESET_TIMEOUT = 60 * 60
CLAVE_MINIMO_CIUDADANO = 10
CLAVE_MINIMO_PERSONAL = 15
MINUTOS_DE_ESPERA = 5
ACCOUNT_ADAPTER = "notificaciones.correo.adaptador.AdaptadorCuentas"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "usuario"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_FORMS = {
    "login": "cuentas.formularios.IngresoForm",
    "reset_password": "cuentas.formularios.RecuperarForm",
    "reset_password_from_key": "cuentas.formularios.ClaveNuevaForm",
    "change_password": "cuentas.formularios.CambiarClaveForm",
    "add_email": "cuentas.formularios.CambiarCorreoForm",
    "reauthenticate": "cuentas.formularios.ConfirmarClaveForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "300/5m/ip",
    "login_failed": "100/5m/ip",  # wrong tries at any account, from one place
    # Wrong passwords of one account (cuentas/freno.py): from one network or its owner's own browser; from a
    # rented block of networks; from anywhere, past which each new network has one try; and the last ceiling.
    "intento_red": "5/5m/key",
    "intento_arriendo": "20/5m/key",
    "intento_cuenta": "60/5m/key",
    "intento_lento": "1/5m/key",
    "intento_tope": "600/5m/key",
    # The same of its codes, which whoever guesses them has the password for.
    "codigo_red": "5/5m/key",
    "codigo_arriendo": "10/5m/key",
    "codigo_cuenta": "20/5m/key",
    "codigo_lento": "1/5m/key",
    "codigo_tope": "60/5m/key",
    "signup": "120/5m/ip",  # accounts asked for, never the mistakes in the form
    "apartado": "30/5m/ip,300/5m/key",  # sessions begun for what nobody signed in sent; key: all of them
    "orientar": "60/5m/ip",  # the questions before beginning, which anybody may answer
    "verificar": "60/5m/ip",  # the codes of papers, which anybody may look up
    "registro": "5/5m/key",  # this CUI from this network, or this e-mail
    "reset_password": "120/5m/ip,3/5m/key",  # key: this CUI or e-mail, from this network
    "reset_password_from_key": "300/5m/ip",
    "confirm_email": "2/5m/key",
    "change_password": "10/5m/user",
    "manage_email": "20/5m/user",
    "reauthenticate": "20/5m/user",
}

# The second factor (allauth.mfa), for staff: a code of an application, or a recovery code shown once.
EXIGIR_2FA_PERSONAL = env.bool("EXIGIR_2FA_PERSONAL", default=False)
MFA_ADAPTER = "cuentas.segundo_factor.adaptador.AdaptadorSegundoFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "ONSEC Portal CEO"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "cuentas.segundo_factor.formularios.CodigoForm",
    "reauthenticate": "cuentas.segundo_factor.formularios.ComprobarCodigoForm",
    "activate_totp": "cuentas.segundo_factor.formularios.ActivarForm",
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "ceo"
CRISPY_TEMPLATE_PACK = "ceo"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    _redis = {
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": ESPERA_S, "socket_connect_timeout": ESPERA_S},
    }
    CACHES = {
        "default": _redis | {"BACKEND": "ceo_portal.cache.CacheTolerante"},
        "sesiones": _redis | {"BACKEND": "ceo_portal.cache.CacheDeLoGuardado", "KEY_PREFIX": "sesion"},
    }
else:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "sesiones": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "sesiones",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        },
    }
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("CORREO_REMITENTE", default="no-responda@ceo.onsec.gob.gt")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 15
EMAIL_USE_LOCALTIME = True
TELEFONO_ONSEC = env.str("TELEFONO_ONSEC", default="2321-4800")

# Limits of the procedure (contrato.md, "Configuration").
# The keys of the procedures that a person may ask for; None, all of them (registro.publicados).
TRAMITES_PUBLICADOS = env.list("TRAMITES_PUBLICADOS", default=["invalidez"])
MESES_ARCHIVO = env.int("MESES_ARCHIVO", default=6)
ARCHIVAR_BORRADORES = env.bool("ARCHIVAR_BORRADORES", default=True)
BORRADORES_MAX = env.int("BORRADORES_MAX", default=5)
DOCUMENTO_MAX_MB = env.int("DOCUMENTO_MAX_MB", default=10)
DOCUMENTOS_MAX_POR_RENGLON = env.int("DOCUMENTOS_MAX_POR_RENGLON", default=10)
DOCUMENTO_MAX_PAGINAS = env.int("DOCUMENTO_MAX_PAGINAS", default=100)
GESTION_MAX_MB = env.int("GESTION_MAX_MB", default=150)
PERSONA_MAX_MB = env.int("PERSONA_MAX_MB", default=1000)
# How many children may judge or draw a PDF at a time, in all the processes that share this folder.
PDF_HIJOS = env.int("PDF_HIJOS", default=max(2, len(os.sched_getaffinity(0))))
RUTA_TURNOS = RUTA_VAR / "turnos"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "cuentas.sesiones"
SESSION_CACHE_ALIAS = "sesiones"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 60
MINUTOS_SIN_USO_PERSONAL = 20
HORAS_DE_SESION = 10
CSRF_COOKIE_HTTPONLY = True
# On the server: a message may name a medical paper, and a cookie stays in a shared computer (S43).
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# The technical log (ceo_portal/trazas.py), to standard error.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "ceo_portal.trazas.FormatoJson"}},
    "handlers": {"consola": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["consola"], "level": env.str("NIVEL_REGISTRO", default="INFO")},
    "loggers": {
        # Ours already says each request and error; Django's would repeat it with the whole address.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "CRITICAL"},
        "gunicorn.http.wsgi": {"level": "ERROR"},  # it warns of every HEAD
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
CSRF_FAILURE_VIEW = "ceo_portal.interfaz.errores.formulario_caducado"
