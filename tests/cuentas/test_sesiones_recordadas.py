"""Sessions remembered in the cache: what ended is over, and looking at pages writes nothing (decision 33)."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ceo_portal.cortacircuito import REDIS
from cuentas.acciones.cerrar_sesiones import cerrar_sesiones
from cuentas.sesiones import SessionStore

from .conftest import CUI, dentro, ingresar

pytestmark = pytest.mark.django_db


@pytest.fixture
def reloj():
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        yield reloj


@pytest.fixture
def adentro(client, ciudadana, reloj):
    """Somebody who signed in as people do."""
    ingresar(client, CUI)
    return client


@pytest.fixture
def redis_fuera():
    """As the circuit breaker leaves it: this process asks nothing of Redis."""
    REDIS.cortar()
    yield
    REDIS.restablecer()


def _llave(client) -> str:
    return client.cookies["sessionid"].value


def _sql(client, direccion: str = "/mis-datos/") -> list[str]:
    with CaptureQueriesContext(connection) as hechas:
        assert client.get(direccion).status_code == 200
    return [h["sql"] for h in hechas]


def _escrituras(client) -> list[str]:
    return [sql for sql in _sql(client) if sql.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_la_sesion_en_uso_se_escribe_una_vez_por_minuto_y_nada_mas_que_su_fin(adentro, reloj):
    for _ in range(3):
        assert _escrituras(adentro) == []
        reloj.shift(timedelta(seconds=19))
    reloj.shift(timedelta(seconds=3))
    [toque] = _escrituras(adentro)
    assert toque.startswith('UPDATE "django_session" SET "expire_date"')
    assert "session_data" not in toque
    assert _escrituras(adentro) == []


def test_quien_ingresa_y_no_hace_nada_sale_a_la_media_hora(adentro, reloj):
    """S36: signing in is a use, to the second."""
    reloj.shift(timedelta(minutes=30, seconds=1))
    assert not dentro(adentro)


@pytest.mark.parametrize(("minutos", "sigue"), [(29.9, True), (30.1, False)])
def test_el_tiempo_sin_uso_se_cuenta_desde_el_ultimo_uso_aunque_no_se_escriba(adentro, reloj, minutos, sigue):
    """S36: neither a second less than it says, nor half a minute more."""
    reloj.shift(timedelta(seconds=59))
    assert _escrituras(adentro) == []
    reloj.shift(timedelta(minutes=minutos))
    assert dentro(adentro) is sigue


@pytest.mark.parametrize(("segundos", "sigue"), [(0, True), (1, False)])
def test_un_reloj_que_estuvo_adelantado_no_alarga_la_sesion(adentro, reloj, segundos, sigue):
    """S36: once put right, its limit counts from the use that follows, not from an hour yet to come."""
    reloj.shift(timedelta(hours=3))
    ingresar(adentro, CUI)
    assert dentro(adentro)
    reloj.shift(timedelta(hours=-3))
    assert dentro(adentro)
    reloj.shift(timedelta(minutes=30, seconds=segundos))
    assert dentro(adentro) is sigue


@pytest.mark.parametrize(("segundos", "sigue"), [(59, True), (61, False)])
def test_si_la_memoria_se_pierde_nadie_sale_antes_de_tiempo(adentro, reloj, segundos, sigue):
    """S36: the last use that the cache forgot is taken as the latest that it may have been."""
    reloj.shift(timedelta(seconds=59))
    assert dentro(adentro)
    caches["sesiones"].clear()
    reloj.shift(timedelta(minutes=29, seconds=segundos))
    assert dentro(adentro) is sigue


def test_la_sesion_de_quien_no_ha_ingresado_tambien_vive_mientras_se_usa(client, reloj):
    """What was typed without a session waits half an hour from its last visit."""
    client.post("/gestiones/1/desistir/", {"motivo": "Ya no"})
    for _ in range(3):
        reloj.shift(timedelta(minutes=29))
        respuesta = client.get("/cuenta/ingresar/")
        assert respuesta.cookies["sessionid"]["max-age"] > 30 * 60
    assert Session.objects.count() == 1


def test_tocarla_no_pierde_lo_que_otra_pestana_escribio(adentro, reloj):
    reloj.shift(timedelta(minutes=2))
    lenta, otra = SessionStore(_llave(adentro)), SessionStore(_llave(adentro))
    assert lenta.get("nota") is None
    otra["nota"] = "de la otra pestaña"
    otra.save()
    lenta.tocar()
    assert SessionStore(_llave(adentro))["nota"] == "de la otra pestaña"


def test_cerrada_en_otra_parte_no_la_revive_quien_la_tenia_abierta(adentro, reloj):
    reloj.shift(timedelta(minutes=2))
    abierta = SessionStore(_llave(adentro))
    assert abierta.get("_auth_user_id")
    adentro.post("/cuenta/salir/")
    abierta.tocar()
    assert not Session.objects.filter(pk=abierta.session_key).exists()


def test_la_persona_y_su_sesion_son_una_consulta(adentro):
    assert dentro(adentro)
    propias = [sql for sql in _sql(adentro) if "django_session" in sql or "cuentas_usuario" in sql]
    [persona, *_aceptaciones] = propias
    assert persona.startswith('SELECT "cuentas_usuario"')
    assert not any(sql.startswith('SELECT "django_session"') for sql in propias)


def test_vaciar_la_memoria_no_cierra_ninguna_sesion(adentro):
    assert dentro(adentro)
    caches["sesiones"].clear()
    assert dentro(adentro)


@pytest.mark.redis
def test_sin_redis_la_sesion_esta_en_la_base_y_lo_recordado_no_vuelve(adentro, redis_fuera, reloj):
    """What was written while it was away is what counts when it is back."""
    REDIS.restablecer()
    assert dentro(adentro)
    REDIS.cortar()
    sesion = SessionStore(_llave(adentro))
    sesion["nota"] = "escrita sin Redis"
    reloj.shift(timedelta(seconds=1))
    sesion.save()
    assert dentro(adentro)
    REDIS.restablecer()
    assert SessionStore(_llave(adentro))["nota"] == "escrita sin Redis"


@pytest.mark.parametrize("como", ["salir", "en otro proceso", "sin uso", "generacion"])
def test_una_copia_que_quedo_en_la_memoria_no_revive_una_sesion_que_termino(adentro, ciudadana, reloj, como):
    """S35, S36: over at once in every process, whatever a cache remembers."""
    assert dentro(adentro)
    llave, copia = _llave(adentro), caches["sesiones"].get(_llave(adentro))
    assert copia is not None
    if como == "salir":
        adentro.post("/cuenta/salir/")
        assert caches["sesiones"].get(llave) is None
    elif como == "en otro proceso":  # deleted by a process that could not reach it
        Session.objects.all().delete()
    elif como == "sin uso":
        reloj.shift(timedelta(minutes=32))
    else:
        cerrar_sesiones(ciudadana)
    caches["sesiones"].set(llave, copia, 3600)
    adentro.cookies["sessionid"] = llave
    assert not dentro(adentro)


@pytest.mark.parametrize("galleta", ["{}:uso", "uso:{}", "{}:1", ":{}"])
def test_una_galleta_inventada_es_de_nadie(adentro, galleta):
    """Whoever writes their own cookie finds nothing else that the cache keeps beside the sessions."""
    assert dentro(adentro)
    adentro.cookies["sessionid"] = galleta.format(_llave(adentro))
    assert adentro.get("/mis-datos/").status_code == 302


@pytest.mark.parametrize(
    "galleta", ["x" * 300, "con espacios y más de treinta y dos letras", "A" * 32, "corta"]
)
def test_una_galleta_que_no_puede_ser_llave_no_llega_a_la_memoria(client, galleta, monkeypatch):
    """Nor to the database: a key too long or with blanks made the cache complain of it."""
    pedidas = []
    monkeypatch.setattr(type(caches["sesiones"]), "get", lambda _, llave, *__, **___: pedidas.append(llave))
    client.cookies["sessionid"] = galleta
    with CaptureQueriesContext(connection) as hechas:
        assert client.get("/mis-datos/").status_code == 302
    assert not pedidas
    assert not [h for h in hechas if "django_session" in h["sql"]]


def test_sin_ingresar_no_se_recuerda_nada(client):
    """Only who signed in is looked for at each page: the rest is read from the database, and seldom."""
    client.post("/gestiones/1/desistir/", {"motivo": "Ya no"})
    assert caches["sesiones"].get(_llave(client)) is None


@pytest.mark.postgresql
def test_las_caducadas_se_hallan_por_su_indice():
    """However many live: the sweep reads what it deletes."""
    ahora = timezone.now()
    Session.objects.bulk_create(
        Session(session_key=f"{n:032}", session_data="x", expire_date=ahora + timedelta(minutes=n - 2))
        for n in range(5000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE django_session")
    plan = Session.objects.filter(expire_date__lte=ahora).explain()
    assert "django_session_expire_date" in plan
    SessionStore.clear_expired()
    assert Session.objects.count() == 4997
