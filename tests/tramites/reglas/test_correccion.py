"""What a previo re-opens, and what its owner reads of each file."""

import pytest
from django.utils import timezone

from tests.tramites import escenas
from tramites.models import Documento, Gestion
from tramites.reglas.correccion import Correccion

PASO = {"beneficiario": "FALTA EL TELÉFONO."}


@pytest.fixture
def ana(db):
    return escenas.analista()


def de_renglon(gestion: Gestion, renglon: int) -> Documento:
    return next(d for d in gestion.documentos_vigentes if d.renglon == renglon)


def verificados(gestion: Gestion) -> dict[int, bool]:
    """«Verificado» of the (last) file of each renglón, read anew."""
    gestion = Gestion.de(gestion.solicitante, gestion.numero)
    correccion = Correccion(gestion)
    return {d.renglon: correccion.verificado(d) for d in gestion.documentos_vigentes}


def con_dos_en_el_5(titular, ana) -> tuple[Gestion, Documento, Documento]:
    """Taken, with two certifications."""
    gestion = escenas.con_archivos(titular)
    escenas.adjuntar(gestion, 5)
    escenas.mandar(gestion)
    escenas.tomar(numero=gestion.numero, actor=ana, ahora=timezone.now())
    gestion = Gestion.de(titular, gestion.numero)
    uno, otro = (d for d in gestion.documentos_vigentes if d.renglon == 5)
    return gestion, uno, otro


# ── «Verificado» SI / NO (matriz.md §5) ─────────────────────────────────────────────────


def test_antes_de_decidir_siempre_es_no(titular, ana):
    """E3, matriz.md §5: its owner never sees half a judgement."""
    gestion = escenas.observar_en(escenas.tomada(titular, ana), ana, {1: escenas.FIRMA}, {})
    assert not any(verificados(gestion).values())


def test_con_el_previo_es_si_lo_verificado_y_no_lo_observado(titular, ana):
    """E3, E9."""
    estado = verificados(escenas.observada(titular, ana))
    assert estado == {1: False, 2: True, 3: True, 4: True, 5: True, 6: True}


def test_el_caso_que_nombra_un_archivo_salva_a_los_otros(titular, ana):
    """E9, matriz.md §5."""
    gestion, bueno, malo = con_dos_en_el_5(titular, ana)
    caso = {5: {"texto": "ILEGIBLE.", "archivos": (malo.pk,)}}
    correccion = Correccion(escenas.devolver(escenas.observar_en(gestion, ana, caso, {}), ana))
    assert (correccion.verificado(bueno), correccion.verificado(malo)) == (True, False)
    assert (correccion.puede_eliminar(bueno), correccion.puede_eliminar(malo)) == (False, True)


def test_el_caso_que_no_nombra_ninguno_no_salva_a_ninguno(titular, ana):
    """matriz.md §5: in every other case, NO."""
    gestion, uno, otro = con_dos_en_el_5(titular, ana)
    correccion = Correccion(escenas.devolver(escenas.observar_en(gestion, ana, {5: "FALTA UNA."}, {}), ana))
    assert not correccion.verificado(uno)
    assert not correccion.verificado(otro)
    assert correccion.observados_presentes() == []
    assert correccion.puede_eliminar(uno)


def test_un_caso_de_paso_observa_el_renglon_1_aunque_este_verificado(titular, ana):
    """matriz.md §5: the analyst marked it, the step's case undoes it."""
    gestion = escenas.observada(titular, ana, casos={}, pasos=PASO)
    correccion = Correccion(gestion)
    assert gestion.veredictos.filter(renglon=1, resultado="VERIFICADO").exists()
    assert verificados(gestion)[1] is False
    assert correccion.renglones == {1}
    assert correccion.puede_eliminar(de_renglon(gestion, 1))


def test_con_caso_de_paso_ningun_formulario_se_salva(titular, ana):
    """matriz.md §5, E8: the case of renglón 1 names one file, but the step voids them all."""
    gestion = escenas.con_archivos(titular)
    malo = escenas.adjuntar(gestion, 1)
    escenas.mandar(gestion)
    escenas.tomar(numero=gestion.numero, actor=ana, ahora=timezone.now())
    gestion = Gestion.de(titular, gestion.numero)
    caso = {1: {"texto": escenas.FIRMA, "archivos": (malo.pk,)}}
    gestion = escenas.devolver(escenas.observar_en(gestion, ana, caso, PASO), ana)
    correccion = Correccion(gestion)
    assert not any(correccion.verificado(d) for d in gestion.documentos_vigentes if d.renglon == 1)


def test_lo_cargado_despues_del_previo_es_no(titular, ana):
    """E3: in a renglón that was verified too."""
    gestion = escenas.con_archivos(titular)
    escenas.adjuntar(gestion, 8)
    escenas.mandar(gestion)
    escenas.tomar(numero=gestion.numero, actor=ana, ahora=timezone.now())
    gestion = Gestion.de(titular, gestion.numero)
    gestion = escenas.devolver(escenas.observar_en(gestion, ana, {1: escenas.FIRMA}, {}), ana)
    nuevo = escenas.adjuntar(gestion, 8)
    assert not Correccion(gestion).verificado(nuevo)
    escenas.remandar(escenas.reponer(gestion, 1))
    gestion = Gestion.de(titular, gestion.numero)
    assert not Correccion(gestion).verificado(Documento.objects.get(pk=nuevo.pk))
    assert verificados(gestion)[1] is False
    assert verificados(gestion)[2] is True


def test_admitida_todo_es_si_menos_lo_que_llego_despues(titular, ana):
    """B7.3, matriz.md §5."""
    gestion = escenas.admitida(titular, ana)
    assert all(verificados(gestion).values())
    escenas.subir(gestion, 8)
    assert verificados(gestion) == {**dict.fromkeys(range(1, 7), True), 8: False}


# ── what is open (matriz.md §4) ─────────────────────────────────────────────────────────


def test_se_abre_lo_observado_y_otros(titular, ana):
    """E6."""
    assert Correccion(escenas.observada(titular, ana, casos={2: "VENCIDA."})).abiertos == {2, 8}


def test_el_renglon_1_espera_a_que_el_paso_se_corrija(titular, ana):
    """E8: there is nothing to sign before."""
    gestion = escenas.observada(titular, ana, pasos=PASO)
    correccion = Correccion(gestion)
    assert (correccion.renglones, correccion.abiertos) == ({1}, {8})
    assert Correccion(escenas.rehacer(gestion, "beneficiario")).abiertos == {1, 8}


def test_se_abre_solo_el_paso_con_caso_y_los_dos_que_confirman(titular, ana):
    """matriz.md §4."""
    gestion = escenas.observada(titular, ana, pasos=PASO)
    abiertos = {p.clave for p in gestion.definicion.pasos if Correccion(gestion).paso_abierto(p)}
    assert abiertos == {"beneficiario", "acta", "notificado", "documentos"}
    sin_paso = escenas.observada(titular, ana)
    abiertos = {p.clave for p in sin_paso.definicion.pasos if Correccion(sin_paso).paso_abierto(p)}
    assert abiertos == {"documentos"}


def test_fuera_de_la_correccion_el_previo_ya_no_abre_nada(titular, ana):
    """matriz.md §4: in the other states nothing, but renglón 8 while ONSEC has it (B7.3)."""
    gestion = escenas.observada(titular, ana)
    escenas.remandar(escenas.reponer(gestion, 1))
    correccion = Correccion(Gestion.de(titular, gestion.numero))
    assert correccion.previo is not None
    assert (correccion.casos, correccion.renglones, correccion.abiertos) == ((), frozenset(), {8})
    archivada = Correccion(escenas.desistida(gestion))
    assert archivada.abiertos == frozenset()
    assert not any(archivada.puede_eliminar(d) for d in archivada.gestion.documentos_vigentes)


def test_sin_previo_no_hay_nada_que_corregir(titular):
    correccion = Correccion(escenas.enviada_sin_papeles(titular))
    assert (correccion.previo, correccion.casos, correccion.pasos_pendientes) == (None, (), [])
    assert correccion.observados_presentes() == []


# ── what is missing (T3) ──────────────────────────────────────────────────────


def test_en_la_segunda_ronda_el_archivo_ya_eliminado_no_cuenta(titular, ana):
    """T3: the only file that stands in the renglón is the observed one, whatever was withdrawn before."""
    gestion = escenas.reponer(escenas.observada(titular, ana), 1)
    escenas.remandar(gestion)
    escenas.dictaminar(gestion, ana, renglon=1, resultado="OBSERVADO", texto=escenas.FIRMA)
    gestion = escenas.devolver(gestion, ana)
    presentes = Correccion(gestion).observados_presentes()
    assert presentes == [de_renglon(gestion, 1)]
    escenas.quitar(gestion, presentes[0])
    gestion = Gestion.de(titular, gestion.numero)
    assert Correccion(gestion).observados_presentes() == []
    assert Correccion(gestion).sin_archivo_nuevo() == [1]
