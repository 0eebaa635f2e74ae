"""«Exportar el expediente» at the desk: who is offered it, and what its owner can see of it."""

import io
from zipfile import ZipFile

import pytest
from django.urls import reverse

from bitacora.models import Evento
from cuentas.models import Usuario
from tests.tramites.ciudadano.lectura import enlace, errores, palabras

pytestmark = pytest.mark.django_db
Papel = Usuario.Papel


def descargar(navegador, direccion, **datos):
    return navegador.post(direccion, datos)


def test_quien_la_tiene_descarga_la_copia(mesa, tomada, pagina):
    """matriz.md §3, S12, S43: as a file to keep, that no browser runs nor stores."""
    direccion = enlace(mesa.get(pagina("revision", tomada)), "Exportar el expediente")
    assert direccion == pagina("exportar", tomada)
    assert "Contiene datos personales y de salud" in palabras(mesa.get(direccion))
    respuesta = descargar(mesa, direccion)
    copia = ZipFile(io.BytesIO(b"".join(respuesta.streaming_content)))
    assert {"indice.txt", "historial.txt", "documentos/1-1.pdf"} <= set(copia.namelist())
    assert respuesta["Content-Type"] == "application/zip"
    assert (
        f'attachment; filename="Expediente Gestion {tomada.numero}.zip"' in respuesta["Content-Disposition"]
    )
    assert "default-src 'none'" in respuesta["Content-Security-Policy"]
    assert "no-store" in respuesta["Cache-Control"]


def test_abrir_la_pregunta_no_exporta_nada(mesa, tomada, pagina):
    """S19: no state change on GET."""
    mesa.get(pagina("exportar", tomada))
    assert not Evento.objects.filter(tipo="expediente_exportado").exists()


def test_auditoria_dice_por_que(entrar, tomada, pagina):
    """matriz.md §3: with a written reason."""
    navegador, direccion = entrar(Papel.AUDITORIA), pagina("exportar", tomada)
    assert errores(descargar(navegador, direccion)) == ["Escriba por qué necesita el expediente."]
    assert descargar(navegador, direccion, motivo="Queja 17.")["Content-Type"] == "application/zip"


@pytest.mark.parametrize("papel", [Papel.ANALISTA, Papel.ADMINISTRACION, Papel.CONSULTA])
def test_los_demas_no(entrar, tomada, pagina, papel):
    """S17: another analyst, administración and the counter."""
    assert entrar(papel).post(pagina("exportar", tomada)).status_code == 403
    if papel == Papel.ANALISTA:
        assert "Exportar el expediente" not in palabras(entrar(papel).get(pagina("revision", tomada)))


def test_la_persona_ve_que_se_exporto(mesa, cliente, tomada, pagina):
    """matriz.md §7: «se ve en «Quién ha visto mi expediente»»."""
    descargar(mesa, pagina("exportar", tomada))
    vista = palabras(cliente.get(reverse("gestion", args=[tomada.numero])))
    assert "Una copia de todo el expediente" in vista


def test_si_la_copia_no_se_puede_hacer_el_motivo_escrito_sigue_ahi(entrar, tomada, pagina, monkeypatch):
    """matriz.md §1: refused, «lo tecleado se conserva»."""

    def sin_espacio(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mesa.exportacion.escribir", sin_espacio)
    respuesta = descargar(entrar(Papel.AUDITORIA), pagina("exportar", tomada), motivo="Queja 17 de marzo.")
    assert errores(respuesta) == ["No pudimos preparar la copia. Intente de nuevo en unos minutos."]
    assert "Queja 17 de marzo." in respuesta.content.decode()
