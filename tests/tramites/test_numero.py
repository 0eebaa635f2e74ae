"""However somebody writes the number of a Gestión, it is that number; and a name is never one."""

import pytest

from mesa.consultas.bandeja import consultables
from mesa.filtros import BitacoraForm, FiltroForm, PorNumeroForm
from tests.tramites import escenas
from tramites.consultas import mis_solicitudes
from tramites.consultas.numero import digitos

ESCRITOS = [
    "{}",
    " {} ",
    "{}.",
    "#{}",
    "# {}",
    "No. {}",
    "no {}",
    "N.º {}",
    "Nº{}",
    "número {}",
    "Gestión No. {}",
]
ESCRITOS += ["GESTION  {}", "gestión #{}", "Gestio\u0301n\u00a0No.\u200b {}", "Gestión número: {}"]
ESCRITOS += ["Gestión: {}", "la gestión {}", "Expediente No. {}", "exp. {}", "solicitud {}", "({})", "«{}»"]


@pytest.mark.parametrize("escrito", ESCRITOS)
def test_siete_se_escribe_de_muchas_maneras(escrito):
    assert digitos(escrito.format(7)) == "7"
    assert digitos(escrito.format("７")) == "7"


@pytest.mark.parametrize("escrito", ["CUI 1002 00303 0101", "DPI: 1002-00303-0101", "(1002003030101)"])
def test_un_cui_con_su_rotulo_es_ese_cui(escrito):
    assert digitos(escrito) == "1002003030101"


@pytest.mark.parametrize(
    "escrito", ["", "Noé", "No", "#", "7a", "Nora 7", "-7.5", "9" * 19, "Núñez", "Expedito 7"]
)
def test_lo_que_no_es_un_numero_no_lo_es(escrito):
    assert digitos(escrito) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("escrito", ESCRITOS)
def test_cada_casilla_de_busqueda_la_encuentra(escrito):
    """The desk, the counter, administración, the log and «Mis Solicitudes»."""
    quien, analista = escenas.titular(), escenas.analista()
    gestion = escenas.enviada_sin_papeles(quien)
    texto = escrito.format(gestion.numero)
    assert consultables(analista, texto) == [gestion]
    assert mis_solicitudes(quien, texto=texto)[0] == gestion
    for form in (PorNumeroForm({"q": texto}), BitacoraForm({"gestion": texto})):
        assert form.is_valid()
        assert gestion.numero in form.cleaned_data.values()
    filtro = FiltroForm({"q": texto}, personas=[], con_estado=True, reserva=False)
    assert digitos(filtro.criterio().texto) == str(gestion.numero)
