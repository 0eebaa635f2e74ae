"""A day that is looked for is found however it is typed: «Mis Solicitudes», the log, the statistics."""

from datetime import UTC, date, datetime

import pytest

from escritura.orden import clave_busqueda
from escritura.signos import cifras
from mesa.filtros import BitacoraForm, PeriodoForm
from tramites import consultas
from tramites.consultas.fechas import dia
from tramites.models import Estado, Gestion

MAYO = Gestion(numero=14, estado=Estado.CREACION, creada_en=datetime(2024, 5, 22, 18, tzinfo=UTC))
ESCRITURAS = [
    *("22052024", "22/05/2024", "22-05-2024", "22.5.2024", "22 05 2024", "22 / 05 / 2024", "22/05/24"),
    *("22-5-24", "22 de mayo de 2024", "22 de Mayo del 2024", "22 mayo 2024", "22 may. 24", "22-may-2024"),
    "\uff12\uff12/\uff10\uff15/2024",
]
NO_SON = ["22052023", "23/05/24", "22 de junio de 2024", "31/02/2024", "22 de nada de 2024", "99999999"]


@pytest.mark.parametrize("buscado", ESCRITURAS)
def test_una_fecha_entera_se_halla_como_se_escriba(buscado):
    """C4; and the field shows back the day that it understood."""
    assert dia(buscado) == date(2024, 5, 22)
    assert consultas.coincide(MAYO, clave_busqueda(cifras(buscado)))
    for formulario, datos in ((BitacoraForm, {}), (PeriodoForm, {"hoy": date(2024, 6, 1)})):
        form = formulario({"desde": buscado}, **datos)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["desde"] == date(2024, 5, 22)
        assert 'value="22/05/2024"' in str(form["desde"])


@pytest.mark.parametrize("buscado", NO_SON)
def test_lo_que_no_es_esa_fecha_no_la_halla(buscado):
    assert not consultas.coincide(MAYO, clave_busqueda(buscado))


@pytest.mark.parametrize("mes", ["septiembre", "setiembre", "sep", "sept", "set", "SEPTIEMBRE"])
def test_septiembre_se_escribe_de_varias_maneras(mes):
    assert dia(f"15 de {mes} de 2024") == date(2024, 9, 15)
