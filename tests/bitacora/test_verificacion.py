"""S44, attack by attack: whoever reaches the database past its triggers is found out."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bitacora import verificacion
from bitacora.anclas import Ancla
from bitacora.models import Evento, Sello
from bitacora.sellado import sellar
from bitacora.verificacion import Hallazgo, verificar
from tests.bitacora.conftest import AHORA, borrar

pytestmark = pytest.mark.django_db
UN_DIA = timedelta(days=1)


@pytest.fixture
def sellados(anotar) -> list[Evento]:
    """Ten sealed events, and the day's anchor at the tenth seal."""
    eventos = anotar(10)
    sellar(ahora=AHORA)
    return eventos


def fila(ahora=AHORA) -> str | None:
    hallazgo = verificar(ahora=ahora)
    return hallazgo and hallazgo.fila


def test_una_bitacora_vacia_esta_integra():
    assert verificar(ahora=AHORA) is None


def test_una_bitacora_sellada_esta_integra(sellados):
    assert verificar(ahora=AHORA + 30 * UN_DIA) is None


@pytest.mark.parametrize(
    "cambio",
    [
        "tipo = 'admitida'",
        "papel = 'analista'",
        "gestion = 99",
        "gestion = NULL",
        "ocurrido_en = '2026-03-11 18:00:00.123457+00:00'",
        """datos = '{"ronda": 1}'""",
        """datos = '{"ronda": 1.5}'""",
        "resumen = 'ab'",
    ],
)
def test_se_nota_un_evento_cambiado(sellados, sabotear, cambio):
    """S44: edit."""
    sabotear(f"UPDATE bitacora_evento SET {cambio} WHERE id = {sellados[3].pk}")
    assert verificar(ahora=AHORA) == Hallazgo(
        f"Evento {sellados[3].pk}", "su contenido no es el que se registró"
    )


def test_se_nota_un_evento_reescrito_con_su_resumen(sellados, sabotear):
    """S44: edit, with the digest made to agree."""
    evento = sellados[3]
    evento.tipo = "admitida"
    sabotear(
        f"UPDATE bitacora_evento SET tipo = 'admitida', resumen = '{evento.calcular_resumen()}' "
        f"WHERE id = {evento.pk}"
    )
    assert verificar(ahora=AHORA) == Hallazgo("Sello 4", f"su huella no es la del evento {evento.pk}")


def test_se_nota_un_evento_borrado_con_su_sello(sellados, sabotear):
    """S44: delete a row."""
    sabotear(*borrar(sellados[3].pk))
    assert verificar(ahora=AHORA) == Hallazgo("Sello 4", "falta el sello o su evento")


def test_se_nota_un_hueco_aunque_se_corra_la_numeracion(sellados, sabotear):
    """S44: delete a row and renumber what follows."""
    sabotear(
        *borrar(sellados[3].pk),
        *(f"UPDATE bitacora_sello SET n = {n - 1} WHERE n = {n}" for n in range(5, 11)),
    )
    assert verificar(ahora=AHORA) == Hallazgo("Sello 4", "no sigue al sello anterior")


@pytest.mark.parametrize("n", [4, 12])
def test_se_nota_un_evento_borrado_sin_su_sello(sellados, anotar, sabotear, n):
    """S44: delete the event alone, in the middle and at the end, past the day's anchor."""
    sellados += anotar(2)
    sellar(ahora=AHORA)
    sabotear(f"DELETE FROM bitacora_evento WHERE id = {sellados[n - 1].pk}")
    assert fila() == f"Sello {n}"
    sabotear(f"DELETE FROM bitacora_sello WHERE n = {n}")  # the test's end checks the foreign keys


def test_se_nota_un_sello_borrado_solo(sellados, sabotear):
    """S44: delete the seal alone."""
    sabotear("DELETE FROM bitacora_sello WHERE n = 4")
    assert fila() == "Sello 4"


def test_se_notan_dos_sellos_cambiados_de_lugar(sellados, sabotear):
    """S44: reorder."""
    uno, otro = sellados[3].pk, sellados[6].pk
    Evento.objects.registrar("paso_guardado", ahora=AHORA)
    libre = Evento.objects.order_by("id").last().pk
    sabotear(
        f"UPDATE bitacora_sello SET evento_id = {libre} WHERE n = 4",
        f"UPDATE bitacora_sello SET evento_id = {uno} WHERE n = 7",
        f"UPDATE bitacora_sello SET evento_id = {otro} WHERE n = 4",
    )
    assert verificar(ahora=AHORA) == Hallazgo("Sello 4", f"su huella no es la del evento {otro}")


@pytest.mark.parametrize("quedan", [7, 0])
def test_se_nota_la_cola_cortada_hasta_el_ancla(sellados, sabotear, quedan):
    """S44: truncate the tail, or everything, without a gap left behind."""
    sabotear(*(s for evento in sellados[quedan:] for s in borrar(evento.pk)))
    assert verificar(ahora=AHORA) == Hallazgo(f"Sello {quedan + 1}", "falta el sello o su evento")


def test_se_nota_la_cola_cortada_aunque_despues_siga_la_cadena(sellados, sabotear, anotar):
    """S44: truncate the tail and let new seals take the numbers."""
    sabotear(*(s for evento in sellados[7:] for s in borrar(evento.pk)))
    anotar(5)
    sellar(ahora=AHORA)
    assert verificar(ahora=AHORA) == Hallazgo("Sello 10", "no coincide con el ancla del 11-03-2026")


def test_se_nota_una_cadena_rehecha_entera(sellados, sabotear):
    """S44: rewrite an event and every seal after it; only the anchor remembers."""
    evento = sellados[3]
    evento.tipo = "admitida"
    sabotear(
        f"UPDATE bitacora_evento SET tipo = 'admitida', resumen = '{evento.calcular_resumen()}' "
        f"WHERE id = {evento.pk}",
        "DELETE FROM bitacora_sello",
        "INSERT INTO bitacora_porsellar SELECT id FROM bitacora_evento",
    )
    sellar(ahora=AHORA)
    assert verificar(ahora=AHORA) == Hallazgo("Sello 10", "no coincide con el ancla del 11-03-2026")


def test_se_reclama_un_evento_sin_sellar_pasados_diez_minutos(anotar):
    """S44: sealing that stopped is itself a finding."""
    evento = anotar()[0]
    assert verificar(ahora=AHORA + timedelta(minutes=10)) is None
    assert verificar(ahora=AHORA + timedelta(minutes=10, seconds=1)) == Hallazgo(
        f"Evento {evento.pk}", "lleva más de diez minutos sin sello"
    )


def test_se_nota_un_evento_cambiado_antes_de_sellarlo(anotar, sabotear):
    evento = anotar()[0]
    sabotear("UPDATE bitacora_evento SET gestion = 99")
    assert fila() == f"Evento {evento.pk}"


def test_se_nota_un_ancla_cambiada(sellados, anclas):
    """S44: the anchors themselves."""
    (anclas / "2026-03.txt").write_text(f"{Ancla(AHORA.date(), 10, 'f' * 64)}\n")
    assert fila() == "Sello 10"
    (anclas / "2026-03.txt").write_text("2026-03-11 10\n")
    assert verificar(ahora=AHORA) == Hallazgo("Ancla 2026-03.txt, línea 1", "no se puede leer")


def test_desde_un_ancla_se_comprueba_lo_que_sigue(sellados, anotar, sabotear):
    """S44: of a log of years, the last days; what is before its anchor is not looked at."""
    anotar(3)
    sellar(ahora=AHORA + UN_DIA)
    anotar(3)
    sellar(ahora=AHORA + 2 * UN_DIA)
    en_el_ancla = AHORA.date() + UN_DIA  # of seal 13
    sabotear(f"UPDATE bitacora_evento SET gestion = 99 WHERE id = {sellados[3].pk}")
    ahora = AHORA + 2 * UN_DIA
    assert verificar(ahora=ahora) == Hallazgo(
        f"Evento {sellados[3].pk}", "su contenido no es el que se registró"
    )
    assert verificar(ahora=ahora, desde=en_el_ancla) is None
    sabotear("UPDATE bitacora_sello SET anterior = huella WHERE n = 15")
    assert verificar(ahora=ahora, desde=en_el_ancla) == Hallazgo("Sello 15", "no sigue al sello anterior")


@pytest.mark.parametrize("lote", [1, 3, 4, 10, 11])
@pytest.mark.parametrize("tramo", [1, 4, 10])
def test_se_comprueba_por_partes_y_se_dice_cuanto_va(sellados, sabotear, monkeypatch, lote, tramo):
    """S44: constant memory at ten million events; no gap hides between two parts."""
    monkeypatch.setattr(verificacion, "LOTE", lote)
    monkeypatch.setattr(verificacion, "TRAMO", tramo)
    avances = []
    assert verificar(ahora=AHORA, avance=lambda *cuanto: avances.append(cuanto)) is None
    assert avances == [(min(n, 10), 10) for n in range(tramo, 10 + tramo, tramo)]
    sabotear(*borrar(sellados[3].pk))
    assert fila() == "Sello 4"


@pytest.mark.parametrize("tramo", [1, 3, 4, 5])
def test_un_eslabon_suelto_entre_dos_tramos_se_nota(sellados, sabotear, monkeypatch, tramo):
    """S44: each stretch begins where the one before it ends, whoever looks at it."""
    monkeypatch.setattr(verificacion, "TRAMO", tramo)
    otra = Sello.encadenar("ab" * 32, sellados[3].resumen)
    sabotear(f"UPDATE bitacora_sello SET anterior = '{'ab' * 32}', huella = '{otra}' WHERE n = 4")
    assert verificar(ahora=AHORA) == Hallazgo("Sello 4", "no sigue al sello anterior")


@pytest.mark.django_db(transaction=True)
def test_varios_procesos_dicen_lo_mismo_que_uno(anotar, monkeypatch):
    """S44: the first finding in the chain's order, and never a child on its parent's connection."""
    monkeypatch.setattr(verificacion, "TRAMO", 2)
    anotar(7)
    sellar(ahora=AHORA)
    assert verificar(ahora=AHORA, procesos=3) is None
    falsos = [Evento(tipo="admitida", ocurrido_en=AHORA, papel="sistema", resumen="ab") for _ in range(4)]
    Evento.objects.bulk_create(falsos)
    sellar(ahora=AHORA)
    assert verificar(ahora=AHORA, procesos=3).fila == f"Evento {falsos[0].pk}"


@pytest.mark.parametrize("desde", [None, AHORA.date()])
def test_se_nota_un_evento_que_alguien_saco_de_la_cola(sellados, anotar, sabotear, desde):
    """S44: counting tells that something waits where sealing will never look for it."""
    evento = anotar()[0]
    sabotear("DELETE FROM bitacora_porsellar")
    despues = AHORA + timedelta(minutes=11)
    assert verificar(ahora=despues, desde=desde) == Hallazgo(
        f"Evento {evento.pk}", "lleva más de diez minutos sin sello"
    )


def test_comprobar_no_recorre_la_bitacora_entera_para_ver_que_falta(sellados, anotar):
    """S44: what waits is read in the queue, and not looked for among ten million that do not."""
    anotar()
    with CaptureQueriesContext(connection) as consultas:
        verificar(ahora=AHORA)
    sueltas = [c["sql"] for c in consultas if "LEFT OUTER JOIN" in c["sql"]]
    assert sueltas
    assert all("bitacora_porsellar" in sql for sql in sueltas)


def test_un_numero_de_sello_inventado_no_hace_recorrer_los_que_no_hay(sellados, sabotear):
    """S44: a forged seal far away is a gap, found at once."""
    sabotear(f"UPDATE bitacora_sello SET n = {2**60} WHERE n = 10")
    assert fila() == "Sello 10"


def test_la_orden_dice_que_esta_integra(sellados):
    """contrato.md: `verificar_bitacora`."""
    salida = StringIO()
    call_command("verificar_bitacora", stdout=salida)
    assert salida.getvalue() == "La bitácora está íntegra. Sellos: 10.\n"


def test_la_orden_nombra_la_primera_fila_mala_y_sale_con_uno(sellados, sabotear):
    """contrato.md: names the first bad row; exit 1."""
    sabotear(f"UPDATE bitacora_evento SET gestion = 99 WHERE id IN ({sellados[3].pk}, {sellados[7].pk})")
    with pytest.raises(CommandError, match=f"^Evento {sellados[3].pk}: su contenido") as error:
        call_command("verificar_bitacora")
    assert error.value.returncode == 1
