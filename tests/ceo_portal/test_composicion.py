"""docker-compose.yml: the five services, each watched, valid against Compose's schema."""

import subprocess
import sys

import yaml

from ceo_portal.celery import app
from tests.arquitectura.codigo import RAIZ

COMPOSICION = yaml.safe_load((RAIZ / "docker-compose.yml").read_text(encoding="utf-8"))


def test_es_valida_segun_el_esquema_de_compose():
    orden = ["check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    subprocess.run([sys.executable, "-m", *orden], cwd=RAIZ, check=True)


def test_tiene_los_cinco_servicios_y_cada_uno_se_vigila():
    """web, worker, beat, PostgreSQL and Redis, with health checks."""
    servicios = COMPOSICION["services"]
    assert set(servicios) >= {"web", "worker", "beat", "postgresql", "redis"}
    assert all("healthcheck" in servicio for nombre, servicio in servicios.items() if nombre != "migrar")


def test_los_procesos_del_portal_nombran_la_misma_aplicacion_de_celery():
    for nombre in ("worker", "beat"):
        assert COMPOSICION["services"][nombre]["command"][:3] == ["celery", "-A", app.main]


def test_ningun_secreto_esta_escrito_en_ella():
    """S46: passwords come from the environment and have no default."""
    texto = (RAIZ / "docker-compose.yml").read_text(encoding="utf-8")
    assert "${POSTGRES_PASSWORD:?}" in texto
    assert "${REDIS_PASSWORD:?}" in texto
    assert "SECRET_KEY" not in texto
