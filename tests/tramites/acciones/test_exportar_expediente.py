"""A copy of an expediente: what it holds, what the log keeps of it, and the command that writes it."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bitacora.models import Evento
from mesa.exportacion import preparar
from tests.disco import caben
from tests.tramites import escenas
from tramites.acciones.exportar_expediente import exportar_expediente
from tramites.consultas.expediente import abrir
from tramites.models import Documento, Gestion, Nota
from tramites.reglas.rechazos import AccionRechazada, Conflicto


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def gestion(titular, ana) -> Gestion:
    """Corrected and sent again: two rounds and a file that another one replaced; returned once more."""
    gestion = escenas.reponer(escenas.observada(titular, ana), 1)
    escenas.remandar(gestion)
    return escenas.devolver(escenas.observar_en(gestion, ana, {1: "NO SE LEE."}, {}), ana)


def exportar(gestion: Gestion, actor=None, motivo: str = "") -> ZipFile:
    with preparar(gestion=abrir(gestion.numero), actor=actor, motivo=motivo, ahora=timezone.now()) as copia:
        return ZipFile(io.BytesIO(copia.read()))


def leer(copia: ZipFile, ruta: str) -> str:
    return copia.read(ruta).decode()


def test_lleva_cada_archivo_enviado_byte_por_byte_y_su_huella(gestion, ana):
    """matriz.md §3, S11: also what another replaced; names of ours inside, the person's in the index."""
    copia = exportar(gestion, ana)
    indice = leer(copia, "indice.txt")
    enviados = Documento.objects.filter(gestion=gestion, envio__isnull=False)
    dentro = {hashlib.sha256(copia.read(n)).hexdigest() for n in copia.namelist() if n.endswith(".pdf")}
    assert copia.testzip() is None
    assert dentro == {hashlib.sha256(d.archivo.open("rb").read()).hexdigest() for d in enviados}
    assert len(enviados) == len([n for n in copia.namelist() if n.startswith("documentos/")]) == 7
    for ruta in set(copia.namelist()) - {"indice.txt"}:
        huella = hashlib.sha256(copia.read(ruta)).hexdigest()
        assert f"SHA-256: {huella}" in indice.split(f"\n{ruta}\n")[1].split("\n\n")[0]
    assert "sustituido" in indice


def test_una_copia_que_no_cabe_se_dice_y_no_consta_como_hecha(gestion, ana, tmp_path):
    """A full temporary folder: a sentence for the desk and the command, and no act of what was not."""
    salida = tmp_path / "copia.zip"
    with caben(2_000), pytest.raises(AccionRechazada, match="No pudimos preparar la copia"):
        exportar(gestion, ana)
    with caben(2_000), pytest.raises(CommandError, match="No pudimos preparar la copia"):
        call_command("exportar_expediente", str(gestion.numero), "--salida", str(salida))
    assert list(tmp_path.iterdir()) == []
    assert not Evento.objects.filter(tipo="expediente_exportado").exists()


def test_lleva_lo_enviado_el_historial_y_los_previos_en_palabras(gestion, ana):
    """F3: what was frozen in each round, who did what, and each case."""
    copia = exportar(gestion, ana)
    assert "Paso 2, Datos del Beneficiario" in leer(copia, "formulario-ronda-1.txt")
    assert "Primer apellido: " in leer(copia, "formulario-ronda-2.txt")
    historial = leer(copia, "historial.txt").splitlines()
    assert "Creó la Gestión" in historial[0]
    assert any("ONSEC la devolvió con observaciones" in linea for linea in historial)
    assert "Caso de Previo: NO SE LEE." in leer(copia, "previos.txt")


def test_lo_cargado_para_corregir_no_sale_hasta_que_se_envia(gestion, ana):
    """matriz.md §4: ONSEC does not see it, exported either."""
    escenas.adjuntar(gestion, 8)
    assert not [n for n in exportar(gestion, ana).namelist() if n.startswith("documentos/8")]


def test_un_archivo_perdido_o_cambiado_no_lo_impide_y_el_indice_lo_dice(gestion, ana):
    """S48: a copy of what there is, honest about what there is not."""
    de_dos, de_tres = (Documento.objects.get(gestion=gestion, renglon=n) for n in (2, 3))
    Path(de_dos.archivo.path).unlink()
    Path(de_tres.archivo.path).write_bytes(b"otro")
    copia = exportar(gestion, ana)
    indice = leer(copia, "indice.txt")
    assert "FALTA: no está donde se guardó." in indice
    assert f"NO ES EL QUE SE RECIBIÓ, que era {de_tres.sha256}" in indice
    assert "documentos/2-1.pdf" not in copia.namelist()


def test_cada_copia_queda_en_la_bitacora_con_su_huella(gestion, ana):
    """matriz.md §3, §7: who, of which Gestión, how many files and the digest of what was handed over."""
    with preparar(gestion=abrir(gestion.numero), actor=ana, ahora=timezone.now()) as copia:
        huella, evento = hashlib.sha256(copia.read()).hexdigest(), Evento.objects.latest("id")
    assert (evento.tipo, evento.actor, evento.gestion) == ("expediente_exportado", ana, gestion.numero)
    assert evento.datos == {"archivos": 11, "sha256": huella, "motivo": False}


def test_auditoria_escribe_por_que_y_queda_como_nota(gestion):
    """matriz.md §3: «U: también para `exportar_expediente`»; the reason stays out of the log."""
    auditora = escenas.analista(papel="auditoria")
    with pytest.raises(AccionRechazada, match="Escriba por qué necesita el expediente"):
        exportar(gestion, auditora, " ")
    exportar(gestion, auditora, "Queja 17.")
    assert Nota.objects.get(autor=auditora).texto == "Exportación del expediente: Queja 17."
    assert Evento.objects.get(tipo="expediente_exportado").datos["motivo"] is True


@pytest.mark.parametrize(
    "escena", [escenas.con_archivos, lambda t: escenas.archivada(escenas.con_archivos(t))]
)
def test_lo_que_nunca_se_envio_no_se_exporta(titular, escena: Callable[..., Gestion]):
    """matriz.md §3: 409, by the command as well."""
    gestion = escena(titular)
    for actor in (None, escenas.analista(papel="jefatura")):
        with pytest.raises(Conflicto):
            exportar_expediente(gestion=gestion, actor=actor, archivos=1, sha256="", ahora=timezone.now())


# ── the command ───────────────────────────────────────────────────────────────


def mandar(gestion: Gestion, salida: Path, *argumentos: str) -> None:
    call_command(
        "exportar_expediente", str(gestion.numero), f"--salida={salida}", *argumentos, stdout=io.StringIO()
    )


def test_el_comando_lo_escribe_entero_y_lo_anota(gestion, tmp_path):
    """contrato.md «exportar_expediente N --salida f.zip»: only its owner reads the file; no leftovers."""
    salida = tmp_path / "f.zip"
    mandar(gestion, salida)
    assert "indice.txt" in ZipFile(salida).namelist()
    assert (salida.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (0o600, [salida])
    evento = Evento.objects.get(tipo="expediente_exportado")
    assert (evento.actor, evento.papel) == (None, "sistema")


def test_el_comando_puede_decir_quien_y_por_que(gestion, tmp_path):
    auditora = escenas.analista(papel="auditoria")
    mandar(gestion, tmp_path / "f.zip", f"--actor={auditora.email}", "--motivo=Queja 17.")
    assert Evento.objects.get(tipo="expediente_exportado").actor == auditora


@pytest.mark.parametrize(
    ("argumentos", "mensaje"),
    [
        (["--actor=nadie@onsec.gob.gt"], "No hay nadie del personal"),
        (["--motivo=Queja 17."], "diga también --actor"),
        (["--actor=consulta"], "no permite exportar"),
        (["--actor=auditoria"], "Escriba por qué"),
    ],
)
def test_el_comando_dice_por_que_no_y_no_deja_nada(gestion, tmp_path, argumentos, mensaje):
    correos = {
        f"--actor={p}": f"--actor={escenas.analista(papel=p).email}" for p in ("consulta", "auditoria")
    }
    with pytest.raises(CommandError, match=mensaje):
        mandar(gestion, tmp_path / "f.zip", *(correos.get(a, a) for a in argumentos))
    assert list(tmp_path.iterdir()) == []
    assert not Evento.objects.filter(tipo="expediente_exportado").exists()


def test_el_comando_no_conoce_una_gestion_que_no_existe(db, tmp_path):
    with pytest.raises(CommandError, match="No existe la Gestión"):
        mandar(Gestion(numero=999_999), tmp_path / "f.zip")


def test_el_comando_dice_que_no_se_pudo_escribir(gestion, tmp_path):
    with pytest.raises(CommandError, match="No se pudo escribir"):
        mandar(gestion, tmp_path / "no hay" / "f.zip")
