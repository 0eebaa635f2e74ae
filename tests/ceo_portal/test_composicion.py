"""docker-compose.yml: the five services, each watched, valid against Compose's schema."""

import subprocess
import sys

import yaml

from ceo_portal.celery import app
from tests.arquitectura.codigo import RAIZ

COMPOSICION = yaml.safe_load((RAIZ / "docker-compose.yml").read_text(encoding="utf-8"))
DEL_PORTAL = {n: s for n, s in COMPOSICION["services"].items() if s.get("image") == "ceo-portal"}


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


def test_quien_atiende_no_es_dueno_de_las_tablas_ni_conoce_su_clave():
    """S44: two roles; the owner's password reaches only the database and the migration."""
    servicios = COMPOSICION["services"]
    duena = servicios["postgresql"]["environment"]["POSTGRES_USER"]
    for nombre, servicio in DEL_PORTAL.items():
        entorno = servicio["environment"]
        migra = nombre == "migrar"
        assert entorno["DATABASE_URL"].startswith(f"postgres://{duena if migra else 'ceo'}:")
        assert ("${POSTGRES_PASSWORD:?}" in entorno["DATABASE_URL"]) is migra
        assert entorno["POSTGRES_PASSWORD"] == ""  # over what env_file brings


def test_solo_quien_sella_escribe_las_anclas():
    """S44: whoever takes the web process cannot mend the anchors to what was done to the log."""
    montajes = {nombre: servicio["volumes"] for nombre, servicio in DEL_PORTAL.items()}
    assert {nombre for nombre, suyos in montajes.items() if "anclas:/anclas" in suyos} == {"worker"}
    assert all("anclas:/anclas:ro" in suyos for nombre, suyos in montajes.items() if nombre != "worker")
    assert {servicio["environment"]["RUTA_ANCLAS"] for servicio in DEL_PORTAL.values()} == {"/anclas"}


def test_ningun_secreto_esta_escrito_en_ella():
    """S46: passwords come from the environment and have no default."""
    texto = (RAIZ / "docker-compose.yml").read_text(encoding="utf-8")
    assert "${POSTGRES_PASSWORD:?}" in texto
    assert "${CLAVE_DEL_PORTAL:?}" in texto
    assert "${REDIS_PASSWORD:?}" in texto
    assert "SECRET_KEY" not in texto
