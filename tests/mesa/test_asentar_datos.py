"""What the office leaves on record, which the person never sees (F6)."""

import pytest
from django.urls import reverse

from cuentas.models import Usuario
from tests.tramites.ciudadano.lectura import arbol, campos, errores, palabras

pytestmark = pytest.mark.django_db


Papel = Usuario.Papel


DATOS = {
    "causa": "ENF",
    "declarada_el": "05/03/2026",
    "dos_anios": "on",
    "solvencia": "recibida",
    "providencia": "PROV-12-2026",
    "providencia_el": "2026-03-09",
    "posible_alteracion": "on",
}


def asentar(navegador, gestion, **cambios):
    """«Guardar datos internos» on the page as it stands."""
    version = type(gestion).objects.get(pk=gestion.pk).version
    return navegador.post(reverse("internos", args=[gestion.numero]), {"version": version} | DATOS | cambios)


def test_los_datos_internos_se_guardan_y_vuelven_a_mostrarse(mesa, tomada, pagina):
    """F6: cause, date, the two years, solvency, providencia, the reserved mark."""
    asentar(mesa, tomada)
    tomada.refresh_from_db()
    internos = tomada.internos
    assert internos.datos == {"causa": "ENF", "declarada_el": "2026-03-05", "dos_anios": True}
    assert f"{internos.solvencia} {internos.providencia_el:%d-%m-%Y}" == "recibida 09-03-2026"
    respuesta = mesa.get(pagina("revision", tomada))
    formulario = arbol(respuesta).find(".//section[@id='internos']/form")
    assert formulario.find(".//input[@name='declarada_el']").get("value") == "05/03/2026"
    assert formulario.find(".//input[@name='dos_anios']").get("checked") is not None
    assert formulario.find(".//select[@name='causa']/option[@selected]").text == "Enfermedad"
    assert "Posible alteración (reservado)" in palabras(respuesta)


def test_una_fecha_mal_escrita_se_dice_y_no_guarda_nada(mesa, tomada, pagina):
    respuesta = asentar(mesa, tomada, declarada_el="ayer")
    assert errores(respuesta) == ["Escriba la fecha así: 31/12/1980."]
    assert not hasattr(type(tomada).objects.get(pk=tomada.pk), "internos")


def test_una_pestana_vieja_no_borra_la_marca_reservada(mesa, tomada, pagina):
    """F6, matriz.md §1-§2: 409, nothing is written, and what was typed is shown."""
    formulario = arbol(mesa.get(pagina("revision", tomada))).find(".//section[@id='internos']/form")
    vieja = formulario.find(".//input[@name='version']").get("value")
    asentar(mesa, tomada)
    datos = DATOS | {"version": vieja, "posible_alteracion": "", "providencia": "PROV-13-2026"}
    respuesta = mesa.post(pagina("internos", tomada), datos)
    assert respuesta.status_code == 409
    assert "Fecha de declaración del IGSS: 05/03/2026" in palabras(respuesta)
    assert "Providencia número: PROV-13-2026" in palabras(respuesta)
    tomada.refresh_from_db()
    assert (tomada.internos.posible_alteracion, tomada.internos.providencia) == (True, "PROV-12-2026")


def anotar(navegador, gestion, texto):
    """Write a note in the form of the page, which carries its ficha, and press its button."""
    ficha = campos(navegador.get(reverse("revision", args=[gestion.numero])))["ficha"]
    return navegador.post(reverse("anotar", args=[gestion.numero]), {"texto": texto, "ficha": ficha})


def test_la_persona_no_ve_nada_de_lo_interno(mesa, cliente, tomada, pagina):
    """F6, matriz.md §3: T never."""
    asentar(mesa, tomada)
    anotar(mesa, tomada, "SOLO PARA ONSEC")
    for respuesta in (
        cliente.get(reverse("gestion", args=[tomada.numero])),
        mesa.get(pagina("como_la_persona", tomada)),
    ):
        escrito = palabras(respuesta)
        assert "SOLO PARA ONSEC" not in escrito
        assert "PROV-12-2026" not in escrito
        assert "alteración" not in escrito
        assert "Un analista tomó" not in escrito


def test_otro_analista_no_ve_lo_interno(entrar, mesa, tomada, pagina):
    anotar(mesa, tomada, "SOLO PARA QUIEN LA TIENE")
    navegador = entrar(Papel.ANALISTA)
    assert "SOLO PARA QUIEN LA TIENE" not in palabras(navegador.get(pagina("revision", tomada)))
    assert navegador.post(pagina("anotar", tomada), {"texto": "X"}).status_code == 403
    assert asentar(navegador, tomada).status_code == 403
