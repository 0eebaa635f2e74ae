"""The reads' pure pieces: what a search matches, the clock in words, the assistant's arithmetic."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fabricas import DocumentoFactory
from tests.tramites import escenas
from tramites import asistente, consultas, registro
from tramites.consultas.plazo import plazo_de
from tramites.consultas.tabla import documento_de
from tramites.definicion import NoDefinido
from tramites.models import Estado, Gestion

INVALIDEZ = registro.obtener("invalidez")
CLAVES = [p.clave for p in INVALIDEZ.pasos]


def gestion(numero=14, estado=Estado.CREACION, dia=(2024, 6, 11)) -> Gestion:
    return Gestion(numero=numero, estado=estado, creada_en=datetime(*dia, 18, tzinfo=UTC))


@pytest.mark.parametrize(
    ("buscado", "fila"),
    [
        ("14", gestion(14)),
        ("en creacion", gestion()),
        ("creac", gestion()),
        ("recib", gestion(estado=Estado.RECIBIDA)),
        ("admitido", gestion(estado=Estado.ADMITIDA)),
        ("con observaciones", gestion(estado=Estado.OBSERVADA)),
        ("rechazada", gestion(estado=Estado.OBSERVADA)),
        ("rech", gestion(estado=Estado.OBSERVADA)),
        ("archiv", gestion(estado=Estado.ARCHIVADA)),
        ("11-06-2024", gestion()),
        ("11/06/2024", gestion()),
        ("11/06", gestion()),
        ("06-2024", gestion()),
        ("2024", gestion()),
        ("11", gestion(99)),
        ("", gestion()),
    ],
)
def test_el_filtro_encuentra(buscado, fila):
    """C4, C4b: number whole; state, badge and date in part, the date with - or /."""
    assert consultas.coincide(fila, buscado)


@pytest.mark.parametrize(
    ("buscado", "fila"),
    [
        ("1", gestion(14, dia=(2024, 2, 20))),
        ("4", gestion(14, dia=(2023, 3, 20))),
        ("014", gestion(14)),
        ("rechazada", gestion(estado=Estado.RECIBIDA)),
        ("rechazada", gestion(estado=Estado.ARCHIVADA)),
        ("12-06-2024", gestion()),
        ("2024-06-11", gestion()),
        ("%", gestion()),
        ("_", gestion()),
        (".*", gestion()),
        ("-06-11", gestion()),
    ],
)
def test_el_filtro_no_encuentra(buscado, fila):
    """C4: a part of the number is not the number, and no sign means «anything»."""
    assert not consultas.coincide(fila, buscado)


def test_la_fecha_que_se_busca_es_la_de_ingreso():
    """C4, C5: that of creation until it is sent; then that of the first sending, by Guatemala's day."""
    fila = gestion(estado=Estado.RECIBIDA)
    fila.recibida_en = datetime(2024, 7, 1, 3, tzinfo=UTC)
    assert fila.fecha_ingreso == date(2024, 6, 30)
    assert consultas.coincide(fila, "30-06-2024")
    assert not consultas.coincide(fila, "11-06-2024")


def test_sin_reloj_no_hay_plazo():
    """matriz.md §6: it does not run in ONSEC's hands."""
    assert plazo_de(gestion(), date(2024, 6, 11)) is None


@pytest.mark.parametrize(
    ("archivar", "estado", "dice"),
    [(True, Estado.CREACION, True), (False, Estado.CREACION, False), (False, Estado.OBSERVADA, True)],
)
def test_un_borrador_que_no_se_archiva_no_dice_cuando(settings, archivar, estado, dice):
    """FB2: with ARCHIVAR_BORRADORES off nothing promises a date; what was returned keeps its own."""
    settings.ARCHIVAR_BORRADORES = archivar
    fila = gestion(estado=estado)
    fila.base_plazo, fila.archivar_el, fila.meses_archivo = date(2024, 6, 11), date(2024, 12, 12), 6
    assert bool(plazo_de(fila, date(2024, 6, 12))) is dice


@pytest.mark.parametrize("quedan", [-1, 0, 1, 30, 31])
def test_el_plazo_cuenta_hasta_el_ultimo_dia_util(quedan):
    """matriz.md §6: filed on the day after the last one."""
    fila = gestion()
    fila.base_plazo, fila.archivar_el, fila.meses_archivo = date(2024, 6, 11), date(2024, 12, 12), 6
    plazo = plazo_de(fila, date(2024, 12, 11) - timedelta(days=quedan))
    assert (plazo.ultimo_dia, plazo.archivar_el, plazo.quedan) == (
        date(2024, 12, 11),
        date(2024, 12, 12),
        quedan,
    )


def test_el_primer_pendiente_es_el_primero_que_no_esta_completo():
    """B0: a hole in the middle is what is asked for, whatever comes after."""
    assert asistente.primer_pendiente(INVALIDEZ.pasos, []).clave == CLAVES[0]
    assert asistente.primer_pendiente(INVALIDEZ.pasos, {*CLAVES} - {"juramento"}).clave == "juramento"
    assert asistente.primer_pendiente(INVALIDEZ.pasos, CLAVES).clave == CLAVES[-1]


@pytest.mark.parametrize("hechos", range(8))
def test_esta_abierto_lo_hecho_y_lo_primero_por_hacer(hechos):
    """B0: going back is free, skipping ahead impossible."""
    abiertos = [asistente.esta_abierto(INVALIDEZ.pasos, CLAVES[:hechos], p) for p in INVALIDEZ.pasos]
    esperados = min(hechos + 1, 7)
    assert abiertos == [True] * esperados + [False] * (7 - esperados)


def test_los_vecinos_de_un_paso():
    """B0."""
    primero, segundo, *_, ultimo = INVALIDEZ.pasos
    assert asistente.anterior(INVALIDEZ.pasos, primero) is None
    assert asistente.siguiente(INVALIDEZ.pasos, primero) is segundo
    assert asistente.anterior(INVALIDEZ.pasos, segundo) is primero
    assert asistente.siguiente(INVALIDEZ.pasos, ultimo) is None


@pytest.mark.parametrize(
    ("buscar", "clave"), [(INVALIDEZ.paso, "no-hay"), (INVALIDEZ.requisito, 0), (INVALIDEZ.requisito, 99)]
)
def test_lo_que_el_tramite_no_define_se_dice(buscar, clave):
    """S14: an unknown step or renglón is NoDefinido, which the pages answer with 404."""
    with pytest.raises(NoDefinido):
        buscar(clave)


@pytest.mark.django_db
def test_un_archivo_se_busca_dentro_de_su_gestion():
    """S15: withdrawn or of another, it is not there."""
    uno, otro = DocumentoFactory(), DocumentoFactory()
    retirado = DocumentoFactory(gestion=uno.gestion, retirado_en=datetime(2026, 1, 1, tzinfo=UTC))
    assert documento_de(uno.gestion, uno.pk) == uno
    for ajeno in (otro, retirado):
        with pytest.raises(type(uno).DoesNotExist):
            documento_de(uno.gestion, ajeno.pk)


@pytest.mark.parametrize("forma", ["{}", " {} ", "{0[0]}-{0[1]}", "minusculas"])
def test_el_codigo_de_la_constancia_se_acepta_como_se_escriba(titular, forma):
    """S16: spaces, hyphens and case do not matter; 80 bits of chance do."""
    envio = escenas.enviada_sin_papeles(titular).envios.get()
    assert len(envio.codigo) == 20
    partido = (
        envio.codigo.lower() if forma == "minusculas" else forma.format((envio.codigo[:9], envio.codigo[9:]))
    )
    tecleado = forma.format(envio.codigo) if "{}" in forma else partido
    assert consultas.envio_verificado(tecleado) == envio
    assert consultas.envio_verificado(envio.codigo[:19]) is None
    assert consultas.envio_verificado("") is None
