"""The verdict of a renglón or step: a draft of the Gestión until it is decided."""

import pytest
from django.utils import timezone

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.juzgar import Juicio, juzgar
from tramites.definicion import NoDefinido
from tramites.models import Gestion, Resultado, Veredicto
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import AccionRechazada, Conflicto
from tramites.reglas.revision import ya_verificados

OBSERVADO = Resultado.OBSERVADO
DE_SOBRA = "La fecha del sello no coincide con la del acta."


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def gestion(titular, ana) -> Gestion:
    return escenas.tomada(titular, ana)


def test_cada_renglon_y_ronda_tiene_un_veredicto(gestion, ana):
    """E9: judged again, it is the same row; and the version moves."""
    escenas.dictaminar(gestion, ana, renglon=2)
    nueva = escenas.dictaminar(gestion, ana, renglon=2, resultado=OBSERVADO, texto="VENCIDA.")
    veredicto = Veredicto.objects.get()
    assert (veredicto.ronda, veredicto.resultado, veredicto.texto) == (1, OBSERVADO, "VENCIDA.")
    assert nueva.version == gestion.version + 2
    assert Evento.objects.filter(tipo="renglon_juzgado").count() == 2


def test_el_caso_se_arma_de_tres_partes_y_se_puede_editar(gestion, ana):
    """F4."""
    partes = {"documento": "FORMULARIO", "campo": "CAMPO DE FIRMA", "defecto": "FALTA FIRMAR."}
    escenas.dictaminar(gestion, ana, renglon=1, resultado=OBSERVADO, **partes)
    assert Veredicto.objects.get().texto == escenas.FIRMA
    escenas.dictaminar(gestion, ana, renglon=1, resultado=OBSERVADO, texto="FIRME OTRA VEZ.", **partes)
    assert Veredicto.objects.get().texto == "FIRME OTRA VEZ."


def test_observar_exige_decir_que_corregir(gestion, ana):
    """mensajes.md §3, desk."""
    with pytest.raises(AccionRechazada) as rechazo:
        escenas.dictaminar(gestion, ana, renglon=4, resultado=OBSERVADO, texto="  ")
    assert rechazo.value.mensaje == "Escriba qué debe corregir la persona en el documento 4."
    assert not Veredicto.objects.exists()


def test_un_renglon_vacio_se_observa_pero_no_se_verifica(gestion, ana):
    """matriz.md §5: the missing 7."""
    with pytest.raises(AccionRechazada, match="El documento 7 no tiene archivos"):
        escenas.dictaminar(gestion, ana, renglon=7)
    escenas.dictaminar(gestion, ana, renglon=7, resultado=OBSERVADO, texto="PENDIENTE DE CARGAR.")
    assert Veredicto.objects.get().renglon == 7


def test_el_caso_nombra_archivos_de_su_renglon_y_no_de_otro(gestion, ana):
    """E9: whatever key is sent."""
    suyo, ajeno = (next(d for d in gestion.documentos.all() if d.renglon == n) for n in (1, 2))
    escenas.dictaminar(
        gestion,
        ana,
        renglon=1,
        resultado=OBSERVADO,
        texto=escenas.FIRMA,
        archivos=(suyo.pk, ajeno.pk),
        pagina=3,
    )
    veredicto = Veredicto.objects.get()
    assert list(veredicto.archivos.all()) == [suyo]
    assert veredicto.pagina == 3


def test_se_puede_volver_a_sin_revisar(gestion, ana):
    escenas.dictaminar(gestion, ana, renglon=2)
    escenas.dictaminar(gestion, ana, renglon=2, resultado=None)
    assert not Veredicto.objects.exists()


def test_se_observan_los_pasos_1_a_3_y_ningun_otro(gestion, ana):
    """E8."""
    escenas.dictaminar(gestion, ana, paso="beneficiario", resultado=OBSERVADO, texto="FALTA EL TELÉFONO.")
    assert Evento.objects.get(tipo="paso_juzgado").datos["lugar"] == "beneficiario"
    for malo in ({"paso": "acta"}, {"paso": "nada"}, {"renglon": 9}, {"paso": "juramento", "renglon": 1}):
        with pytest.raises(NoDefinido):
            escenas.dictaminar(gestion, ana, resultado=OBSERVADO, texto="X", **malo)


def test_un_paso_no_se_verifica(gestion, ana):
    """matriz.md §5: «sin revisar» (which holds) or «Con observación»."""
    with pytest.raises(NoDefinido):
        escenas.dictaminar(gestion, ana, paso="juramento")
    assert not Veredicto.objects.exists()


def test_solo_juzga_quien_la_tiene_y_solo_recibida(titular, gestion, ana):
    """matriz.md §3 `juzgar`: A*; the others 403, in another state 409."""
    for papel in ("analista", "jefatura", "administracion", "auditoria", "consulta"):
        with pytest.raises(NoPermitido):
            escenas.dictaminar(gestion, escenas.analista(papel=papel), renglon=1)
    for persona in (titular, escenas.titular()):
        with pytest.raises(NoPermitido):
            escenas.dictaminar(gestion, persona, renglon=1)
    escenas.devolver(escenas.observar_en(gestion, ana, {1: escenas.FIRMA}, {}), ana)
    with pytest.raises(Conflicto):
        escenas.dictaminar(gestion, ana, renglon=1)


def test_juzgar_lo_que_ya_cambio_es_un_conflicto(gestion, ana):
    """S24: the citizen adds to «Otros» meanwhile (B7.3)."""
    escenas.subir(Gestion.de(gestion.solicitante, gestion.numero), 8)
    with pytest.raises(Conflicto, match="Otra pestaña"):
        juzgar(
            numero=gestion.numero,
            actor=ana,
            version=gestion.version,
            juicio=Juicio(renglon=1, resultado=Resultado.VERIFICADO),
            ahora=timezone.now(),
        )


def test_lo_verificado_de_otros_se_juzga_otra_vez_si_se_agrega_algo(gestion, ana):
    """B7.3: nobody has read the new file."""
    propia = Gestion.de(gestion.solicitante, gestion.numero)
    escenas.subir(propia, 8)
    escenas.dictaminar(gestion, ana, renglon=8)
    escenas.subir(propia, 8, escenas.pdf(ancho=400))
    assert not Veredicto.objects.get().cubre(Gestion.objects.get(pk=gestion.pk).documentos_que_cuentan)
    escenas.dictaminar(gestion, ana, renglon=8)
    assert Veredicto.objects.get().cubre(Gestion.objects.get(pk=gestion.pk).documentos_que_cuentan)


def test_no_se_decide_un_documento_viendo_otro(gestion, ana):
    """F1: the page says which file was on view."""
    uno, dos = (d.pk for d in gestion.documentos_vigentes[:2])
    with pytest.raises(AccionRechazada, match="no es el documento 2"):
        escenas.dictaminar(gestion, ana, renglon=2, visto=uno)
    assert not Veredicto.objects.exists()
    escenas.dictaminar(gestion, ana, renglon=2, visto=dos)
    assert [d.pk for d in Veredicto.objects.get().vistos.all()] == [dos]


# ── calificación única (Decreto 5-2021) ───────────────────────────────────────


@pytest.fixture
def segunda(titular, ana) -> Gestion:
    """Round 2: renglón 1 was replaced, the rest is as it was."""
    gestion = escenas.reponer(escenas.observada(titular, ana), 1)
    escenas.remandar(gestion)
    return Gestion.de(titular, gestion.numero)


def test_lo_verificado_que_no_cambio_nace_verificado(segunda):
    """matriz.md §5."""
    nacidos = segunda.veredictos.filter(ronda=2)
    assert {v.renglon for v in nacidos} == {2, 3, 4, 5, 6} == ya_verificados(segunda)
    assert {v.resultado for v in nacidos} == {Resultado.VERIFICADO}


@pytest.mark.parametrize("corta", ["", "x" * 29, " " * 40])
def test_observar_ahora_lo_verificado_exige_treinta_letras(segunda, ana, corta):
    """matriz.md §5: the only door."""
    with pytest.raises(AccionRechazada) as rechazo:
        escenas.dictaminar(
            segunda, ana, renglon=3, resultado=OBSERVADO, texto="ILEGIBLE.", justificacion=corta
        )
    assert rechazo.value.mensaje == "Escriba por qué observa ahora un documento ya verificado."


def test_ni_borrando_el_veredicto_se_evita_la_justificacion(segunda, ana):
    escenas.dictaminar(segunda, ana, renglon=3, resultado=None)
    with pytest.raises(AccionRechazada):
        escenas.dictaminar(segunda, ana, renglon=3, resultado=OBSERVADO, texto="ILEGIBLE.")


def test_lo_que_cambio_se_observa_sin_justificar(segunda, ana):
    escenas.dictaminar(segunda, ana, renglon=1, resultado=OBSERVADO, texto=escenas.FIRMA)
    assert segunda.veredictos.get(ronda=2, renglon=1).resultado == OBSERVADO


def test_un_caso_de_paso_no_es_otra_puerta(titular, ana):
    """matriz.md §5: it observes renglón 1, which was verified and did not change."""
    gestion = escenas.reponer(escenas.observada(titular, ana, casos={2: "VENCIDA."}), 2)
    escenas.remandar(gestion)
    caso = {"paso": "beneficiario", "resultado": OBSERVADO, "texto": "FALTA EL TELÉFONO."}
    with pytest.raises(AccionRechazada, match="por qué observa ahora"):
        escenas.dictaminar(gestion, ana, **caso)
    escenas.dictaminar(gestion, ana, **caso, justificacion=DE_SOBRA)
    escenas.dictaminar(gestion, ana, renglon=2)
    escenas.devolver(gestion, ana)
    assert Evento.objects.filter(tipo="previo_emitido").latest("id").datos["justificados"] == ["beneficiario"]
