"""Production: refuses to start with anything missing or insecure, naming all of it at once."""

import ipaddress
import os
import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import ALLOWED_HOSTS, SECRET_KEY, SECRET_KEY_FALLBACKS, env

OBLIGATORIAS = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "ALLOWED_HOSTS", "URL_PUBLICA")
SECRETO_MINIMO = 50
SECRETOS_PUBLICADOS = ("demo-", "pruebas-")  # how those of the other settings begin
LOCALES = {"localhost", "127.0.0.1", "::1"}
# Of the contract and not built yet: whoever sets one would believe that it works.
SIN_SOPORTE = ("ALMACEN_S3_", "CLAMAV_SOCKET", "SELLO_P12", "SENTRY_DSN")
# Staff prove a second factor before any page that shows a person's data (S41); only the demo goes without.
EXIGIR_2FA_PERSONAL = env.bool("EXIGIR_2FA_PERSONAL", default=True)
# How many proxies of ours write X-Forwarded-For: the limits count the person's address, not the proxy's.
_proxies = env.str("PROXIES_DE_CONFIANZA", default="1")
ALLAUTH_TRUSTED_PROXY_COUNT = int(_proxies) if _proxies.isdecimal() else 0
# Whoever serves pages cannot lift the triggers of the log (S44).
BITACORA_DE_OTRO_PAPEL = True


# A whole name of a machine: no suffix of many, scheme, port, path nor space.
EQUIPO = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.I)
# Under these, names are given to anybody: nobody owns them whole.
REGISTROS = {f"{tipo}.gt" for tipo in ("com", "edu", "gob", "ind", "mil", "net", "org")}


def _equipo(nombre: str) -> bool:
    """Whether it names one machine: a whole domain name, an address or this very machine."""
    if nombre in LOCALES or _direccion(nombre):
        return True
    return bool(EQUIPO.fullmatch(nombre)) and nombre.lower() not in REGISTROS


def _direccion(nombre: str) -> bool:
    try:
        return not ipaddress.ip_address(nombre.strip("[]")).is_unspecified
    except ValueError:
        return False


def _al_azar(secreto: str) -> bool:
    return (
        len(secreto) >= SECRETO_MINIMO
        and len(set(secreto)) >= 10
        and "insecure" not in secreto
        and not secreto.startswith(SECRETOS_PUBLICADOS)
    )


def _faltas() -> list[str]:
    """What stops the start, one sentence each."""
    valor = {nombre: env.str(nombre, default="").strip() for nombre in OBLIGATORIAS}
    faltas = [f"{nombre}: falta" for nombre, texto in valor.items() if not texto]
    faltas += [
        f"{n}: debe quitarse, este portal todavía no lo usa"
        for n in sorted(os.environ)
        if n.startswith(SIN_SOPORTE) and os.environ[n].strip()
    ]
    redis, correo = urlsplit(valor["REDIS_URL"]), urlsplit(valor["EMAIL_URL"])
    reglas = {
        "SECRET_KEY": (
            _al_azar(SECRET_KEY),
            f"debe tener al menos {SECRETO_MINIMO} caracteres al azar",
        ),
        "DATABASE_URL": (
            valor["DATABASE_URL"].startswith(("postgres://", "postgresql://")),
            "debe ser PostgreSQL (postgres://…)",
        ),
        "REDIS_URL": (
            redis.scheme in {"redis", "rediss"} and bool(redis.password or redis.hostname in LOCALES),
            "debe ser Redis, con contraseña (redis://:contraseña@…)",
        ),
        "EMAIL_URL": (
            correo.scheme in {"smtp+tls", "smtp+ssl", "smtps"}
            or (correo.scheme == "smtp" and correo.hostname in LOCALES),
            "debe ser SMTP con TLS (smtp+tls://…)",
        ),
        "ALLOWED_HOSTS": (
            all(map(_equipo, ALLOWED_HOSTS)),
            "debe nombrar cada equipo completo: sin *, punto inicial, https:// ni puerto",
        ),
        "URL_PUBLICA": (urlsplit(valor["URL_PUBLICA"]).scheme == "https", "debe ser https://…"),
    }
    fijas = {
        "SECRET_KEY_FALLBACKS": (
            all(map(_al_azar, SECRET_KEY_FALLBACKS)),
            f"debe llevar claves de al menos {SECRETO_MINIMO} caracteres al azar, separadas por comas",
        ),
        "EXIGIR_2FA_PERSONAL": (EXIGIR_2FA_PERSONAL, "debe ser true"),
        "PROXIES_DE_CONFIANZA": (ALLAUTH_TRUSTED_PROXY_COUNT >= 1, "debe ser 1 o más"),
    }
    faltas += [f"{n}: {regla}" for n, (cumple, regla) in fijas.items() if not cumple]
    return faltas + [f"{n}: {regla}" for n, (cumple, regla) in reglas.items() if valor[n] and not cumple]


if faltas := _faltas():
    raise ImproperlyConfigured("El portal no arranca. " + "; ".join(faltas))

# TLS ends at the proxy (nginx, Caddy), which must set X-Forwarded-Proto itself and drop the client's.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^salud/"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
CSRF_TRUSTED_ORIGINS = [URL_PUBLICA]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

# __Host-: the browser takes the cookie only over TLS, from this very host, for every path.
SESSION_COOKIE_NAME = "__Host-sesion"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
