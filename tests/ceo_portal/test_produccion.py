"""Production's settings: refused when anything is missing or insecure, hardened when complete."""

import os
import subprocess
import sys

import pytest

from tests.arquitectura.codigo import RAIZ

COMPLETA = {
    "DJANGO_SETTINGS_MODULE": "ceo_portal.settings.produccion",
    "SECRET_KEY": "k9Z2vQ7wXr4TbN8mLc3HfYp6Jd1Gs5AeUoBi0RtCxVzKyMnWqPlEjDhSgFuIa",
    "DATABASE_URL": "postgres://ceo:x@127.0.0.1:1/ceo",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp+tls://usuario:x@127.0.0.1:587",
    "ALLOWED_HOSTS": "ceo.example.gt",
    "URL_PUBLICA": "https://ceo.example.gt",
}
OBLIGATORIAS = set(COMPLETA) - {"DJANGO_SETTINGS_MODULE"}


def _manage(entorno: dict[str, str], *orden: str) -> subprocess.CompletedProcess[str]:
    limpio = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "manage.py", *orden],
        env=limpio | entorno,
        cwd=RAIZ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_completa_pasa_la_revision_de_despliegue_sin_un_aviso():
    """S46: `check --deploy` clean."""
    resultado = _manage(COMPLETA, "check", "--deploy", "--fail-level", "WARNING")
    assert resultado.returncode == 0, resultado.stderr


def test_sin_nada_nombra_todo_lo_que_falta():
    """S46: no default key; the start fails naming every missing variable at once."""
    resultado = _manage({"DJANGO_SETTINGS_MODULE": COMPLETA["DJANGO_SETTINGS_MODULE"]}, "check")
    assert resultado.returncode != 0
    assert all(f"{nombre}: falta" in resultado.stderr for nombre in OBLIGATORIAS)


@pytest.mark.parametrize(
    ("nombre", "valor"),
    [
        ("SECRET_KEY", "corta"),
        ("SECRET_KEY", "a" * 80),
        ("SECRET_KEY", "demo-" + "sin-secreto-" * 4),
        ("SECRET_KEY", "pruebas-" + COMPLETA["SECRET_KEY"]),
        ("DATABASE_URL", "sqlite:////tmp/x.sqlite3"),
        ("REDIS_URL", "memory://"),
        ("REDIS_URL", "redis://redis.example.gt:6379/0"),
        ("EMAIL_URL", "consolemail://"),
        ("EMAIL_URL", "smtp://usuario:x@correo.example.gt:25"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", ".gob.gt"),
        ("ALLOWED_HOSTS", "*.example.gt"),
        ("ALLOWED_HOSTS", "ceo.example.gt,.example.gt"),
        ("ALLOWED_HOSTS", "gob.gt"),
        ("ALLOWED_HOSTS", "gt"),
        ("ALLOWED_HOSTS", "https://ceo.example.gt"),
        ("ALLOWED_HOSTS", "ceo.example.gt:443"),
        ("ALLOWED_HOSTS", "0.0.0.0"),
        ("SECRET_KEY_FALLBACKS", "corta"),
        ("URL_PUBLICA", "http://ceo.example.gt"),
        ("EXIGIR_2FA_PERSONAL", "false"),
        ("EXIGIR_2FA_PERSONAL", "tal vez"),
        ("ALMACEN_S3_BUCKET", "expedientes"),
        ("CLAMAV_SOCKET", "/run/clamav/clamd.ctl"),
        ("SELLO_P12", "/etc/ceo/sello.p12"),
        ("SENTRY_DSN", "https://x@sentry.example.gt/1"),
        ("PROXIES_DE_CONFIANZA", "0"),
        ("PROXIES_DE_CONFIANZA", "uno"),
    ],
)
def test_un_valor_inseguro_no_arranca_y_se_dice_cual(nombre, valor):
    """S46, S41: nothing insecure is accepted in silence."""
    resultado = _manage(COMPLETA | {nombre: valor}, "check")
    assert resultado.returncode != 0
    assert f"{nombre}: debe" in resultado.stderr
    assert valor not in resultado.stderr.splitlines()[-1] or nombre == "ALLOWED_HOSTS"


@pytest.mark.parametrize(
    ("nombre", "valor"),
    [
        ("REDIS_URL", "redis://:secreta@redis:6379/0"),
        ("REDIS_URL", "rediss://:secreta@redis.example.gt:6379/0"),
        ("EMAIL_URL", "smtp://127.0.0.1:25"),
        ("EMAIL_URL", "smtp+ssl://usuario:x@correo.example.gt:465"),
        ("SENTRY_DSN", ""),
        ("ALLOWED_HOSTS", "ceo.example.gt,ceo2.onsec.gob.gt,localhost,10.0.0.7"),
        ("SECRET_KEY_FALLBACKS", COMPLETA["SECRET_KEY"][::-1]),
    ],
)
def test_un_valor_seguro_arranca(nombre, valor):
    """S46: what docker-compose.yml writes, TLS of both kinds, and a relay of this very machine."""
    assert _manage(COMPLETA | {nombre: valor}, "check").returncode == 0


def test_las_cookies_y_el_transporte_quedan_cerrados():
    """S33, S36: __Host- cookies, Secure, HttpOnly, SameSite; HSTS of a year or more; DEBUG off."""
    pregunta = (
        "from django.conf import settings as s;"
        "assert s.SESSION_COOKIE_NAME.startswith('__Host-') and s.CSRF_COOKIE_NAME.startswith('__Host-');"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SESSION_COOKIE_HTTPONLY;"
        "assert s.SESSION_COOKIE_SAMESITE == 'Lax' and s.SESSION_COOKIE_PATH == '/';"
        "assert not s.SESSION_COOKIE_DOMAIN;"
        "assert s.SECURE_HSTS_SECONDS >= 31536000 and s.SECURE_SSL_REDIRECT;"
        "assert s.EXIGIR_2FA_PERSONAL and s.ALLAUTH_TRUSTED_PROXY_COUNT == 1;"
        "assert not s.DEBUG and not s.DEMO and s.X_FRAME_OPTIONS == 'DENY'"
    )
    resultado = _manage(COMPLETA, "shell", "--no-imports", "-c", pregunta)
    assert resultado.returncode == 0, resultado.stderr
