"""T6: withdrawing, with the password typed a moment ago and a reason if one wants to give it."""

import pytest
from django.urls import reverse

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.models import Causa, Estado, Gestion, Nota

from .lectura import arbol, avisos, botones, campos, enlace, palabras, titulos

ESCENAS = {
    Estado.CREACION: escenas.con_archivos,
    Estado.RECIBIDA: escenas.enviada_sin_papeles,
    Estado.OBSERVADA: escenas.observada,
}


def ruta(gestion) -> str:
    return reverse("desistir", args=[gestion.numero])


def desistir(cliente, gestion, motivo="", **cambios):
    version = campos(cliente.get(ruta(gestion)))["version"]
    return cliente.post(ruta(gestion), {"motivo": motivo, "version": version} | cambios, follow=True)


@pytest.mark.parametrize("estado", ESCENAS)
def test_se_desiste_desde_donde_se_puede(cliente, titular, clave_reciente, estado):
    """T6, FB4: the question names the Gestión; «Sí, desistir» archives it and nothing is erased."""
    gestion = ESCENAS[estado](titular)
    pagina = cliente.get(reverse("gestion", args=[gestion.numero]))
    assert enlace(pagina, "Desistir") == ruta(gestion)
    pregunta = cliente.get(ruta(gestion))
    assert titulos(pregunta) == [
        f"Si desiste, su Gestión No. {gestion.numero} se archivará. ¿Desea desistir?"
    ]
    assert botones(pregunta) == ["Sí, desistir", "No"]
    respuesta = desistir(cliente, gestion, "Me mudo a otro país.")
    assert avisos(respuesta) == [f"Desistió de la Gestión No. {gestion.numero}. Quedó archivada."]
    archivada = Gestion.de(titular, gestion.numero)
    assert (archivada.estado, archivada.causa_archivo) == (Estado.ARCHIVADA, Causa.DESISTIMIENTO)
    assert len(archivada.documentos_vigentes) == len(gestion.documentos_vigentes)
    assert "Me mudo" in Nota.objects.get(gestion=gestion).texto


def test_el_motivo_puede_faltar_y_nunca_llega_a_la_bitacora(cliente, titular, clave_reciente):
    """T6, arquitectura.md «The log»: no personal text in the log."""
    desistir(cliente, escenas.con_archivos(titular), "Por mi salud.")
    desistir(cliente, escenas.con_archivos(titular))
    assert Nota.objects.count() == 1
    assert not any("salud" in str(e.datos) for e in Evento.objects.all())


def test_no_solo_vuelve(cliente, titular, clave_reciente):
    """T6: the button «No» goes back to the Gestión."""
    gestion = escenas.con_archivos(titular)
    (_, no) = arbol(cliente.get(ruta(gestion))).findall(".//main//form")
    assert (no.get("method"), no.get("action")) == ("get", reverse("gestion", args=[gestion.numero]))


@pytest.mark.parametrize("metodo", ["get", "post"])
def test_sin_clave_reciente_se_pide_y_nada_cambia(cliente, titular, metodo):
    """T6: «contraseña reciente», whatever the method."""
    gestion = escenas.con_archivos(titular)
    respuesta = getattr(cliente, metodo)(ruta(gestion), {"version": gestion.version})
    assert respuesta["Location"].startswith(reverse("account_reauthenticate"))
    assert Gestion.de(titular, gestion.numero).estado == Estado.CREACION


def test_escrita_la_clave_sigue_lo_que_iba_a_hacer(client, titular):
    """T6: what was written before the password was asked is not typed again."""
    titular.set_password("una frase de prueba")
    titular.save()
    client.force_login(titular)
    gestion = escenas.con_archivos(titular)
    client.post(ruta(gestion), {"version": gestion.version, "motivo": "Ya no."})
    comprobar = f"{reverse('account_reauthenticate')}?next={ruta(gestion)}"
    client.post(comprobar, {"password": "una frase de prueba", "next": ruta(gestion)})
    assert Gestion.de(titular, gestion.numero).estado == Estado.ARCHIVADA


def test_quien_acaba_de_ingresar_no_la_escribe_otra_vez(client, titular):
    """T6: the password with which one signed in, minutes ago, is recent."""
    titular.set_password("una frase de prueba")
    titular.save()
    gestion = escenas.con_archivos(titular)
    client.post(reverse("account_login"), {"login": titular.cui, "password": "una frase de prueba"})
    assert client.get(ruta(gestion)).status_code == 200


@pytest.mark.parametrize("escena", [escenas.admitida, lambda t: escenas.desistida(escenas.con_archivos(t))])
def test_lo_admitido_y_lo_archivado_no_se_desiste(cliente, titular, clave_reciente, escena):
    """matriz.md §3: 409, and the page of the Gestión does not offer it."""
    gestion = escena(titular)
    assert cliente.get(ruta(gestion)).status_code == 409
    assert cliente.post(ruta(gestion), {"version": gestion.version}).status_code == 409
    assert "Desistir" not in botones(cliente.get(reverse("gestion", args=[gestion.numero])))


def test_si_cambio_mientras_se_decidia_no_se_desiste(cliente, titular, clave_reciente):
    """matriz.md §1: the version seen; what was written is shown so that it is not lost."""
    gestion = escenas.con_archivos(titular)
    datos = {"version": gestion.version, "motivo": "Escrito con esfuerzo."}
    escenas.guardar(gestion, "datos-generales", segundo_nombre="ELENA")
    respuesta = cliente.post(ruta(gestion), datos)
    assert respuesta.status_code == 409
    assert "Escrito con esfuerzo." in palabras(respuesta)
    assert Gestion.de(titular, gestion.numero).estado == Estado.CREACION


def test_un_motivo_demasiado_largo_se_dice_y_se_conserva(cliente, titular, clave_reciente):
    """mensajes.md §3: how many letters it may take and how many it has."""
    gestion = escenas.con_archivos(titular)
    respuesta = desistir(cliente, gestion, "x" * 1001)
    assert "Escriba 1000 letras o menos. Ahora tiene 1001." in palabras(respuesta)
    assert "x" * 1001 in respuesta.content.decode()
    assert Gestion.de(titular, gestion.numero).estado == Estado.CREACION


def test_la_desistida_dice_por_que_se_archivo(cliente, titular):
    """textos.md §12, mensajes.md §7: and its files are still read."""
    gestion = escenas.desistida(escenas.enviada_sin_papeles(titular))
    pagina = cliente.get(reverse("gestion", args=[gestion.numero]))
    leido = palabras(pagina)
    assert "Se archivó porque usted desistió." in leido
    assert "Su expediente se conserva. Para reabrirlo, pídalo a ONSEC." in leido
    assert "documento 6.pdf" in leido
    assert "Continuar" not in botones(pagina)
