"""Redis away, frozen or emptied: no page fails or waits for it, and what it was owed is swept (S38, D2)."""

from uuid import uuid4

import pytest

from tests import servicios
from tests.fallas.conftest import CLAVE, Mundo, Visitante, congelado
from tests.notificaciones.servidor_smtp import ServidorSmtp
from tests.tramites import escenas

# What its absence may add to a page: half a second of patience (decision 21), and what a busy machine adds.
# Measured with fifteen processes waiting for two cores: 0.53 s the first page of a freeze, nothing the rest.
TOPE_S = 2
GESTION = """
from cuentas.models import Usuario
from tests.tramites import escenas
escenas.con_archivos(Usuario.objects.get(email="persona@demo.gt"))
"""
# As the clock asks for it each minute.
BARRER = "from notificaciones.tareas import despachar_correos; despachar_correos.delay()"
pytestmark = [pytest.mark.postgresql, pytest.mark.redis]


def todo_responde(mundo: Mundo) -> None:
    """Pages, sign-in, recovery, the public check and the Tablero of whoever signed in."""
    visita = Visitante(mundo)
    pasos = [
        ("/", {}),
        ("/verificar/ABCDEFGHJKLM/", {}),
        ("/cuenta/recuperar/", {"email": f"{uuid4().hex}@demo.gt"}),
        ("/cuenta/ingresar/", {"login": "persona@demo.gt", "password": CLAVE}),
        ("/tablero/", {}),
    ]
    for ruta, datos in pasos:
        estado, cuerpo, segundos = visita.enviar(ruta, **datos) if datos else visita.ver(ruta)
        assert estado == 200, (ruta, estado)
        assert segundos < TOPE_S, (ruta, segundos)
    assert "Mis Solicitudes" in cuerpo, "the person got in"


def test_congelado_vaciado_o_fuera_las_paginas_siguen(portal):
    """SIGSTOP, FLUSHALL and SIGKILL, one after the other, and the demands wait for the sweep."""
    cliente = portal.redis
    todo_responde(portal)
    cliente.flushall()
    todo_responde(portal)
    with congelado(cliente.info()["process_id"]):
        estado, cuerpo, segundos = portal.pedir("/salud/lista/")
        assert (estado, cuerpo) == (503, "no disponible\n")
        assert segundos < 3
        todo_responde(portal)
    servicios.esperar(lambda: portal.pedir("/salud/lista/")[0] == 200)
    todo_responde(portal)
    [pendientes] = portal.sql("SELECT count(*) FROM cuentas_recuperacion")
    assert pendientes == 4, "each demand is in its row, whoever was told of it"
    portal.morir_redis()
    todo_responde(portal)
    assert portal.pedir("/salud/lista/")[0] == 503
    portal.volver_redis()
    servicios.esperar(lambda: portal.pedir("/salud/lista/")[0] == 200)
    todo_responde(portal)


def una_gestion(mundo: Mundo) -> int:
    mundo.manage("shell", "--no-imports", "-c", GESTION)
    [numero] = mundo.sql("SELECT max(numero) FROM tramites_gestion")
    return numero


def cargar_y_enviar(visita: Visitante, numero: int) -> list[float]:
    """A file more, «Sí» in window 1, «Aceptar» in window 2: the seconds of each."""
    pasos = [
        (visita.cargar(f"/gestiones/{numero}/documentos/8/", escenas.pdf()), "Se cargó uno.pdf"),
        (visita.enviar(f"/gestiones/{numero}/enviar/"), "Aceptar"),
        (visita.ver("/tramites/invalidez/inicio/"), "Nueva Solicitud"),
    ]
    for (estado, cuerpo, _), dice in pasos:
        assert estado == 200
        assert dice in cuerpo
    return [segundos for (_, _, segundos), _ in pasos]


def test_sin_redis_se_carga_y_se_envia_y_el_aviso_sale_cuando_vuelve(portal):
    """D2: healthy, frozen and dead; the person waits no longer, and nothing that was owed is lost."""
    visita = Visitante(portal)
    visita.enviar("/cuenta/ingresar/", login="persona@demo.gt", password=CLAVE)
    numeros = [una_gestion(portal) for _ in range(3)]
    como_siempre = cargar_y_enviar(visita, numeros[0])
    with congelado(portal.redis.info()["process_id"]):
        congelada = cargar_y_enviar(visita, numeros[1])
    portal.morir_redis()
    muerta = cargar_y_enviar(visita, numeros[2])
    for sano, *otros in zip(como_siempre, congelada, muerta, strict=True):
        assert max(otros) < sano + TOPE_S, (como_siempre, congelada, muerta)
    [enviadas] = portal.sql("SELECT count(*) FROM tramites_gestion WHERE estado = 'RECIBIDA'")
    assert enviadas == 3
    portal.volver_redis()
    with ServidorSmtp() as smtp:
        con_correo = {"DJANGO_SETTINGS_MODULE": "tests.fallas.con_correo", "PUERTO_SMTP": str(smtp.puerto)}
        servicios.esperar(lambda: portal.pedir("/salud/lista/")[0] == 200)
        portal.trabajar("correo,correo-cuentas", **con_correo)
        portal.manage("shell", "--no-imports", "-c", BARRER)
        esperados = {f"Gestión No. {n}: recibida" for n in numeros}
        servicios.esperar(lambda: esperados <= {m["Subject"] for m in smtp.recibidos})
