"""«Pedir que se rectifique un dato», and where each side reads what was asked."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.tramites import escenas
from tramites.acciones.tomar import tomar
from tramites.models import Rectificacion

from .lectura import arbol, avisos, botones, campos, enlace, errores, palabras, titulos

TEXTO = "Mi teléfono termina en 12 y no en 21."


def ruta(gestion) -> str:
    return reverse("pedir_rectificacion", args=[gestion.numero])


def pedir(cliente, gestion, texto=TEXTO, **cambios):
    ficha = campos(cliente.get(ruta(gestion)))["ficha"]
    return cliente.post(ruta(gestion), {"texto": texto, "ficha": ficha} | cambios, follow=True)


@pytest.fixture
def recibida(titular):
    return escenas.enviada_sin_papeles(titular)


def test_se_pide_desde_la_gestion_y_queda_a_la_vista(cliente, recibida):
    """matriz.md §3: linked from the Gestión's page, which then shows what was asked and until when."""
    pagina = cliente.get(reverse("gestion", args=[recibida.numero]))
    assert enlace(pagina, "Pedir que se rectifique un dato") == ruta(recibida)
    assert titulos(cliente.get(ruta(recibida))) == ["Pedir que se rectifique un dato"]
    respuesta = pedir(cliente, recibida)
    peticion = Rectificacion.objects.get()
    limite = f"{peticion.responder_antes_de:%d-%m-%Y}"
    assert avisos(respuesta) == [
        f"Recibimos su petición, folio {peticion.folio}. Le responderemos antes del {limite}."
    ]
    assert TEXTO in palabras(respuesta)
    assert "Pidió que se rectifique un dato" in palabras(respuesta)


def test_lo_escrito_se_conserva_cuando_no_se_acepta(cliente, recibida):
    """mensajes.md §3, matriz.md §1: too long, and empty."""
    respuesta = pedir(cliente, recibida, "x" * 2001)
    assert errores(respuesta) == ["Escriba 2000 letras o menos. Ahora tiene 2001."]
    assert "x" * 2001 in respuesta.content.decode()
    assert errores(pedir(cliente, recibida, " ")) == ["Escriba qué dato está mal y qué debe decir."]
    assert not Rectificacion.objects.exists()


def test_con_una_ficha_que_no_sirve_se_muestra_lo_escrito(cliente, recibida):
    """matriz.md §1: the conflict page gives back what was typed."""
    respuesta = pedir(cliente, recibida, ficha="no")
    assert respuesta.status_code == 409
    assert TEXTO in palabras(respuesta)


def test_en_un_borrador_no_se_ofrece(cliente, titular):
    """matriz.md §3: 409."""
    gestion = escenas.con_archivos(titular)
    assert cliente.get(ruta(gestion)).status_code == 409
    assert "Pedir que se rectifique un dato" not in botones(
        cliente.get(reverse("gestion", args=[gestion.numero]))
    )


def test_cancelar_solo_vuelve(cliente, recibida):
    (_, no) = arbol(cliente.get(ruta(recibida))).findall(".//main//form")
    assert (no.get("method"), no.get("action")) == ("get", reverse("gestion", args=[recibida.numero]))


def test_la_mesa_la_lee_entre_las_notas_y_dicha_por_la_persona(client, cliente, recibida):
    """matriz.md §3 «(anotación)»: marked as the person's, with its folio; and escaped (S26)."""
    pedir(cliente, recibida, "<b>Mi teléfono</b>")
    ana = escenas.analista()
    tomar(numero=recibida.numero, actor=ana, ahora=timezone.now())
    client.force_login(ana)
    pagina = client.get(reverse("revision", args=[recibida.numero]))
    folio = Rectificacion.objects.get().folio
    assert f"La persona pide rectificar un dato, folio {folio}. <b>Mi teléfono</b>" in palabras(pagina)
