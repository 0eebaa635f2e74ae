"""The error pages say exactly what mensajes.md §6 says."""

import re
from http import HTTPStatus

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory

from ceo_portal.interfaz import errores
from cuentas.models import Usuario
from tests.fabricas import PersonalFactory

pedir = RequestFactory().get


def leido(respuesta) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", respuesta.content.decode()))


PAGINAS = [
    (lambda: errores.sin_permiso(pedir("/"), None), 403, "No puede entrar aquí",
     "Su cuenta no tiene permiso para esta página. Vuelva al Tablero."),
    (lambda: errores.formulario_caducado(pedir("/")), 403, "Envíe el formulario otra vez",
     "La página caducó. Vuelva atrás, revise sus datos y envíelos de nuevo."),
    (lambda: errores.no_encontrada(pedir("/"), None), 404, "No encontramos esta página",
     "Revise la dirección o busque su Gestión en «Mis Solicitudes»."),
    (lambda: errores.muy_grande(pedir("/")), 413, "El archivo es muy grande",
     "El máximo es 10 MB. Cargue un archivo más liviano."),
    (lambda: errores.demasiados_intentos(pedir("/")), 429, "Demasiados intentos",
     "Espere 5 minutos y vuelva a intentar."),
    (lambda: errores.error_interno(pedir("/")), 500, "Algo falló de nuestro lado",
     "Lo que guardó no se perdió. Intente de nuevo en unos minutos."),
]  # fmt: skip


@pytest.mark.parametrize(("pagina", "codigo", "titulo", "texto"), PAGINAS)
def test_cada_error_dice_lo_suyo(pagina, codigo, titulo, texto, settings):
    """mensajes.md §6: título, texto, referencia, teléfono y enlace al Tablero."""
    respuesta = pagina()
    assert respuesta.status_code == codigo
    leida = leido(respuesta)
    assert titulo in leida
    assert texto in leida
    assert re.search(r"Referencia [0-9a-f]{8}\b", leida)
    assert settings.TELEFONO_ONSEC in leida
    html = respuesta.content.decode()
    assert f"<title>{titulo} · ONSEC</title>" in html
    assert '<a class="boton" href="/tablero/">' in html
    assert html.count("<h1") == 1


def test_una_direccion_que_no_existe_da_esa_pagina(client):
    respuesta = client.get("/no-existe/")
    assert respuesta.status_code == HTTPStatus.NOT_FOUND
    assert "No encontramos esta página" in leido(respuesta)


def test_un_formulario_sin_su_ficha_caduco():
    """CSRF_FAILURE_VIEW."""
    respuesta = Client(enforce_csrf_checks=True).post("/cuenta/ingresar/", {"login": "x"})
    assert respuesta.status_code == HTTPStatus.FORBIDDEN
    assert "Envíe el formulario otra vez" in leido(respuesta)


def test_lo_que_django_no_puede_recibir_por_grande_es_un_413():
    assert (
        errores.peticion_mala(pedir("/"), RequestDataTooBig()).status_code
        == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    )
    assert errores.peticion_mala(pedir("/"), SuspiciousOperation()).status_code == HTTPStatus.BAD_REQUEST


def test_la_pagina_500_no_toca_ni_sesion_ni_base_de_datos():
    """Sin la marca django_db una consulta rompería la prueba; y la petición no tiene sesión ni usuario."""
    assert errores.error_interno(object()).status_code == HTTPStatus.INTERNAL_SERVER_ERROR


def test_demasiados_intentos_dice_cuanto_esperar():
    assert errores.demasiados_intentos(pedir("/"), minutos=7)["Retry-After"] == "420"


@pytest.mark.django_db
@pytest.mark.parametrize("papel", Usuario.Papel.values)
def test_al_personal_se_le_ofrece_una_pagina_que_si_puede_abrir(client, papel):
    """mensajes.md §6: staff have no Tablero; what an error page offers must not be another error."""
    client.force_login(PersonalFactory(papel=papel))
    for ruta, codigo in (("/tablero/", 403), ("/no-existe/", 404)):
        respuesta = client.get(ruta)
        assert respuesta.status_code == codigo
        main = re.search(r"<main.*</main>", respuesta.content.decode(), re.S)[0]
        assert "Tablero" not in main
        assert "Mis Solicitudes" not in main
        [boton] = re.findall(r'<a class="boton" href="([^"]+)"', main)
        assert client.get(boton).status_code == HTTPStatus.OK


def test_la_pagina_500_de_la_mesa_vuelve_a_la_mesa():
    """Without asking who it is: by the address that failed."""
    assert (
        '<a class="boton" href="/revision/">' in errores.error_interno(pedir("/revision/")).content.decode()
    )
