"""The anchors: written whole or not at all, remembered, and never moved over a chain that was cut (S44)."""

import errno
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from bitacora import sellado
from bitacora.anclas import Ancla, dias, ultima
from bitacora.models import Anclaje, Evento, Sello
from bitacora.sellado import sellar
from bitacora.verificacion import Hallazgo, verificar
from notificaciones.models import Notificacion
from tests.bitacora.conftest import AHORA
from tests.fabricas import PersonalFactory

pytestmark = pytest.mark.django_db
UN_DIA = timedelta(days=1)
MES = "2026-03.txt"


def denuncias() -> list[str]:
    return [e.datos["motivo"] for e in Evento.objects.filter(tipo="bitacora_en_riesgo").order_by("id")]


def test_hay_un_ancla_por_dia_de_guatemala(anotar, anclas):
    """S44: one line a day, in the month's file, dated by Guatemala's day and not by UTC's."""
    anotar(2)
    sellar(ahora=AHORA)
    anotar(1)
    sellar(ahora=AHORA + timedelta(hours=11))  # 05:00 of the 12th in UTC, 23:00 of the 11th here
    sellar(ahora=AHORA + 21 * UN_DIA)
    assert [(str(ancla.fecha), ancla.n) for ancla in dias()] == [("2026-03-11", 2), ("2026-04-01", 3)]
    assert ultima() == Ancla(AHORA.date(), 3, Sello.objects.get(n=3).huella)
    assert sorted(archivo.name for archivo in anclas.iterdir()) == [MES, "2026-04.txt", "ultima.txt"]


def test_sin_sellos_no_hay_ancla(anclas):
    sellar(ahora=AHORA)
    assert (list(dias()), ultima()) == ([], None)


def test_la_cola_cortada_se_nota_el_mismo_dia(anotar, cortar):
    """S44: what was sealed after the day's line, and new seals over what was cut."""
    anotar(2)
    sellar(ahora=AHORA)
    anotar(8)
    sellar(ahora=AHORA)
    cortar(desde=7)
    assert verificar(ahora=AHORA) == Hallazgo("Sello 7", "falta el sello o su evento")
    anotar(5)
    sellar(ahora=AHORA)
    assert verificar(ahora=AHORA) == Hallazgo("Sello 10", "no coincide con el ancla del 11-03-2026")


def test_cortada_la_cola_el_sellado_lo_denuncia_una_vez_al_dia(anotar, cortar):
    """S44: auditoría and administración are told that day, with no one verifying; the sealing goes on."""
    auditora, administradora = PersonalFactory(papel="auditoria"), PersonalFactory(papel="administracion")
    PersonalFactory(papel="jefatura")
    anotar(4)
    sellar(ahora=AHORA)
    cortar(desde=3)
    for _ in range(3):
        sellar(ahora=AHORA)
    assert denuncias() == ["cadena_rota"]
    avisos = Notificacion.objects.filter(plantilla="bitacora_en_riesgo")
    assert {a.destinatario for a in avisos} == {auditora, administradora}
    sellar(ahora=AHORA + UN_DIA)
    assert denuncias() == ["cadena_rota"] * 2
    assert not Evento.objects.filter(sello=None).exclude(tipo="bitacora_en_riesgo").exists()


def test_cortados_los_eventos_de_la_cola_el_sellado_tambien_lo_denuncia(anotar, sabotear):
    """S44: with their seals left standing, the chain still names what is no longer there."""
    eventos = anotar(4)
    sellar(ahora=AHORA)
    sabotear(f"DELETE FROM bitacora_evento WHERE id >= {eventos[2].pk}")
    anotar(1)
    sellar(ahora=AHORA)
    assert denuncias() == ["cadena_rota"]
    sabotear(f"DELETE FROM bitacora_sello WHERE evento_id IN ({eventos[2].pk}, {eventos[3].pk})")


@pytest.mark.parametrize("perdida", ["carpeta", MES])
def test_se_nota_que_faltan_las_anclas(anotar, anclas, perdida):
    """S44: the folder, or a month of it, gone; anchoring goes on and what was lost stays noticed."""
    anotar(3)
    sellar(ahora=AHORA)
    for archivo in list(anclas.iterdir()):
        if perdida in ("carpeta", archivo.name):
            archivo.unlink()
    if perdida == "carpeta":
        anclas.rmdir()
    faltan = Hallazgo("Ancla del 11-03-2026", "no está en la carpeta de anclas")
    assert verificar(ahora=AHORA) == faltan
    anotar(1)
    sellar(ahora=AHORA + UN_DIA)
    assert verificar(ahora=AHORA + UN_DIA) == faltan
    assert denuncias() == (["anclas_perdidas"] if perdida == "carpeta" else [])


@pytest.mark.parametrize("quedan", [1, 20, 60])
def test_una_linea_cortada_a_medias_no_estorba_y_se_completa(anotar, anclas, quedan):
    """S44: what a full disk or a killed process left of a line before is no anchor and no fault."""
    anotar(3)
    sellar(ahora=AHORA)
    linea = (anclas / "ultima.txt").read_text()
    with (anclas / MES).open("a") as archivo:
        archivo.write(f"{AHORA.date() + UN_DIA} 3 {linea.split()[-1]}"[:quedan])
    assert verificar(ahora=AHORA) is None
    sellar(ahora=AHORA + UN_DIA)
    assert verificar(ahora=AHORA + UN_DIA) is None
    assert (anclas / MES).read_text() == f"{linea}2026-03-12{linea[10:]}"


@pytest.mark.parametrize("falla", [(os, "fsync"), (Path, "replace")], ids=["al sincronizar", "al nombrar"])
def test_un_disco_lleno_no_deja_media_ancla_ni_detiene_el_sellado(anotar, anclas, monkeypatch, falla):
    """S44: written whole or not at all; it is told, and made up when there is room."""
    anotar(2)
    sellar(ahora=AHORA)
    antes = {archivo.name: archivo.read_text() for archivo in anclas.iterdir()}
    with monkeypatch.context() as disco:
        disco.setattr(*falla, sin_espacio)
        anotar(1)
        assert sellar(ahora=AHORA + UN_DIA) == 1
    assert {archivo.name: archivo.read_text() for archivo in anclas.iterdir()} == antes
    assert denuncias() == ["ancla_no_escrita"]
    assert Anclaje.objects.count() == 1
    sellar(ahora=AHORA + UN_DIA)
    assert [ancla.n for ancla in (*dias(), ultima())] == [2, 4, 4]
    assert verificar(ahora=AHORA + UN_DIA) is None


def test_cada_ancla_queda_en_el_disco_y_su_nombre_tambien(anotar, monkeypatch):
    """S44: the file before its name, and the folder after it: a power cut loses neither."""
    pasos, sincronizar, nombrar = [], os.fsync, Path.replace

    def anotar_fsync(fd: int) -> None:
        pasos.append("carpeta" if stat.S_ISDIR(os.fstat(fd).st_mode) else "archivo")
        sincronizar(fd)

    def anotar_nombre(ruta: Path, destino: Path) -> Path:
        pasos.append("nombre")
        return nombrar(ruta, destino)

    monkeypatch.setattr(os, "fsync", anotar_fsync)
    monkeypatch.setattr(Path, "replace", anotar_nombre)
    anotar(1)
    sellar(ahora=AHORA)
    assert pasos == ["archivo", "nombre", "carpeta"] * 2  # the last seal's, and the day's


def test_lo_que_dejo_un_proceso_muerto_escribiendo_no_se_acumula(anotar, anclas):
    """S44: killed between the writing and the name, the next sealing takes its place."""
    anclas.mkdir()
    (anclas / ".ultima.txt").write_text("2026-03-1")
    anotar(1)
    sellar(ahora=AHORA)
    assert sorted(archivo.name for archivo in anclas.iterdir()) == [MES, "ultima.txt"]
    assert verificar(ahora=AHORA) is None


def test_una_corrida_cortada_deja_anclado_lo_que_sello(anotar, monkeypatch):
    """S44: the time limit of the task ends it between batches, after hours without beat."""
    anotar(5)
    de_verdad, lotes = sellado._sellar_lote, iter([2, 2])

    def sellar_lote(lote: int, tras: int) -> tuple[list[int], int]:
        if next(lotes, None) is None:
            raise TimeoutError
        return de_verdad(lote, tras)

    monkeypatch.setattr(sellado, "_sellar_lote", sellar_lote)
    with pytest.raises(TimeoutError):
        sellar(ahora=AHORA, lote=2)
    assert [ancla.n for ancla in (*dias(), ultima())] == [2, 4]


def test_se_reclama_lo_sellado_sin_ancla_pasados_diez_minutos(anotar, anclas):
    """S44: a tail that nothing outside remembers may be cut without trace."""
    anotar(2)
    sellar(ahora=AHORA)
    anotar(1)
    sellado._sellar_lote(10, tras=0)
    assert verificar(ahora=AHORA + timedelta(minutes=10)) is None
    assert verificar(ahora=AHORA + timedelta(minutes=11)) == Hallazgo(
        "Sello 3", "lleva más de diez minutos sin ancla"
    )


def test_el_dia_queda_recordado_aunque_el_proceso_muriera_entre_el_archivo_y_la_base(anotar, monkeypatch):
    """S44: the line without its row is made up by the next run, with what the line says."""
    anotar(2)
    with monkeypatch.context() as muerte:
        muerte.setattr(Anclaje.objects, "create", morir)
        with pytest.raises(KeyboardInterrupt):
            sellar(ahora=AHORA)
    anotar(1)
    sellar(ahora=AHORA)
    [linea] = dias()
    assert Anclaje.objects.get().n == linea.n == 2
    assert verificar(ahora=AHORA) is None


def morir(**_):
    raise KeyboardInterrupt


def sin_espacio(*_):
    raise OSError(errno.ENOSPC, "No space left on device")
