"""Sending the correction: everything observed redone, once, to the same analyst."""

import uuid

import pytest

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.models import Estado, Gestion, Resultado
from tramites.reglas.rechazos import AccionRechazada, Conflicto, PasoPendiente

PASO = {"beneficiario": "FALTA EL TELÉFONO."}


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def observada(titular, ana) -> Gestion:
    """The manual's case: renglón 1, «FALTA FIRMAR.»."""
    return escenas.observada(titular, ana)


def test_la_correccion_vuelve_a_onsec_con_el_mismo_numero(observada, ana):
    """T3, E6: round 2; the date of entry and the number stay (C5)."""
    ingreso = observada.recibida_en
    envio = escenas.remandar(escenas.reponer(observada, 1))
    gestion = Gestion.objects.get()
    assert (gestion.numero, gestion.estado) == (observada.numero, Estado.RECIBIDA)
    assert (gestion.recibida_en, gestion.en_cola_desde) == (ingreso, envio.enviado_en)
    assert envio.ronda == 2
    assert Evento.objects.get(tipo="reenviada").datos == {"ronda": 2, "resumen": envio.resumen}


def test_la_ficha_de_otra_gestion_es_un_conflicto(observada, titular):
    """B7.5, S13."""
    ficha = uuid.uuid4()
    escenas.mandar(escenas.con_archivos(titular), ficha=ficha)
    with pytest.raises(Conflicto):
        escenas.remandar(escenas.reponer(observada, 1), ficha=ficha)


def test_lo_nuevo_es_del_envio_nuevo_y_lo_eliminado_se_conserva(observada):
    """E4: the old version stays in the expediente."""
    viejo = next(d for d in observada.documentos_vigentes if d.renglon == 1)
    envio = escenas.remandar(escenas.reponer(observada, 1))
    gestion = Gestion.de(observada.solicitante, observada.numero)
    assert [d.renglon for d in envio.documentos.all()] == [1]
    assert viejo.pk in {d.pk for d in gestion.documentos.all()}
    assert viejo.pk not in {d.pk for d in gestion.documentos_vigentes}


def test_el_tiempo_en_manos_de_onsec_no_corre(observada):
    """FB1, matriz.md §6: resending stops the clock."""
    escenas.notificada(observada)
    escenas.remandar(escenas.reponer(observada, 1))
    gestion = Gestion.objects.get()
    assert (gestion.base_plazo, gestion.archivar_el) == (None, None)


def test_sin_archivo_nuevo_se_nombra_el_documento(observada):
    """T3, mensajes.md §3 «falta corregir»."""
    with pytest.raises(AccionRechazada) as rechazo:
        escenas.remandar(observada)
    assert rechazo.value.mensaje == (
        "Cargue un archivo nuevo en: 1. Formulario de Solicitud de Pensión debidamente firmado y ratificado. "
        "Después presione «Continuar»."
    )
    assert Gestion.objects.get().estado == Estado.OBSERVADA


def test_con_el_archivo_observado_presente_no_se_reenvia(observada):
    """T3, mensajes.md §3: added without «Eliminar»; the only file of the renglón is the observed one."""
    escenas.adjuntar(observada, 1)
    with pytest.raises(AccionRechazada) as rechazo:
        escenas.remandar(observada)
    assert rechazo.value.mensaje == "Elimine el archivo observado en el documento 1 y cargue el corregido."


def test_solo_se_exige_eliminar_el_archivo_que_el_caso_nombra(titular, ana):
    """T3: of two files, the case names one."""
    gestion = escenas.con_archivos(titular)
    malo = escenas.adjuntar(gestion, 5)
    escenas.mandar(gestion)
    escenas.tomar(numero=gestion.numero, actor=ana, ahora=gestion.creada_en)
    gestion = Gestion.de(titular, gestion.numero)
    caso = {5: {"texto": "ILEGIBLE.", "archivos": (malo.pk,)}}
    gestion = escenas.devolver(escenas.observar_en(gestion, ana, caso, {}), ana)
    escenas.adjuntar(gestion, 5)
    with pytest.raises(AccionRechazada, match="Elimine el archivo observado en el documento 5"):
        escenas.remandar(gestion)
    escenas.quitar(gestion, malo)
    assert escenas.remandar(gestion).ronda == 2


def test_con_varios_y_sin_nombrar_ninguno_basta_uno_nuevo(titular, ana):
    """T3: the case names none and the renglón has two: none is «the observed one»."""
    gestion = escenas.con_archivos(titular)
    escenas.adjuntar(gestion, 5)
    escenas.mandar(gestion)
    escenas.tomar(numero=gestion.numero, actor=ana, ahora=gestion.creada_en)
    gestion = Gestion.de(titular, gestion.numero)
    gestion = escenas.devolver(escenas.observar_en(gestion, ana, {5: "FALTA UNA."}, {}), ana)
    escenas.adjuntar(gestion, 5)
    assert escenas.remandar(gestion).ronda == 2


def test_un_renglon_vacio_observado_pide_su_archivo(titular, ana):
    """E9: the missing 7."""
    gestion = escenas.observada(titular, ana, casos={7: "PENDIENTE DE CARGAR."})
    with pytest.raises(AccionRechazada, match="Cargue un archivo nuevo en: 7"):
        escenas.remandar(gestion)
    assert escenas.remandar(escenas.reponer(gestion, 7)).ronda == 2


def test_un_caso_de_paso_pide_paso_acta_confirmacion_y_formulario(titular, ana):
    """T3, E8: each in its turn, and the paper of the new version."""
    gestion = escenas.observada(titular, ana, pasos=PASO)

    def pendiente() -> str:
        with pytest.raises(PasoPendiente) as rechazo:
            escenas.remandar(gestion)
        return rechazo.value.paso.clave

    assert pendiente() == "beneficiario"
    escenas.guardar(gestion, "beneficiario", telefono="44445555")
    assert pendiente() == "acta"
    escenas.leer(gestion)
    assert pendiente() == "notificado"
    gestion = escenas.rehacer(gestion)
    with pytest.raises(AccionRechazada, match=r"Cargue un archivo nuevo en: 1\."):
        escenas.remandar(gestion)
    gestion = escenas.reponer(gestion, 1)
    assert escenas.remandar(gestion).version_formulario == gestion.formulario_vigente
    assert gestion.formulario_vigente.n == 2


def test_un_formulario_cargado_antes_de_otro_cambio_no_sirve(titular, ana):
    """E8: the paper of a voided version is not the new one."""
    gestion = escenas.observada(titular, ana, pasos=PASO)
    gestion = escenas.reponer(escenas.rehacer(gestion, "beneficiario"), 1)
    escenas.guardar(gestion, "beneficiario", telefono="44445555")
    gestion = escenas.rehacer(gestion)
    with pytest.raises(AccionRechazada, match=r"Cargue un archivo nuevo en: 1\."):
        escenas.remandar(gestion)


def test_el_nombre_corregido_llega_a_onsec_con_el_reenvio(titular, ana):
    """matriz.md §4, E8: until then the desk lists and finds what was sent; the acta has the new one."""
    gestion = escenas.observada(titular, ana, pasos={"datos-generales": "DATOS GENERALES FALTA UN NOMBRE."})
    sin_anita = gestion.titular_nombre
    escenas.guardar(gestion, "datos-generales", segundo_nombre="ANITA")
    assert Gestion.objects.get(pk=gestion.pk).titular_nombre == sin_anita
    gestion = escenas.rehacer(gestion)
    assert "ANITA" in gestion.formulario_vigente.contenido["nombre_completo"]
    escenas.remandar(escenas.sustituir(gestion, 1))
    gestion.refresh_from_db()
    assert "ANITA" in gestion.titular_nombre
    assert "anita" in gestion.titular_busqueda.lower()


def test_la_misma_ficha_es_un_solo_reenvio(observada):
    """B7.5, S13: double click and reload."""
    gestion, ficha = escenas.reponer(observada, 1), uuid.uuid4()
    primero = escenas.remandar(gestion, ficha=ficha)
    assert escenas.remandar(gestion, ficha=ficha) == primero
    with pytest.raises(Conflicto, match="ya fue enviada"):
        escenas.remandar(gestion)
    assert gestion.envios.model.objects.count() == 2
    assert Evento.objects.filter(tipo="reenviada").count() == 1


def test_lo_que_cambio_despues_de_ver_la_ventana_no_se_reenvia(observada):
    """S24: the version seen is part of the act."""
    gestion = escenas.reponer(observada, 1)
    escenas.subir(gestion, 8)
    with pytest.raises(Conflicto):
        escenas.remandar(gestion, version=gestion.version)
    assert Gestion.objects.get().estado == Estado.OBSERVADA


def test_vuelve_al_mismo_analista_con_toma_nueva(observada, ana):
    """matriz.md §5: and its days to act count again."""
    envio = escenas.remandar(escenas.reponer(observada, 1))
    gestion = Gestion.objects.get()
    assert (gestion.asignada_a, gestion.asignada_en) == (ana, envio.enviado_en)


@pytest.mark.parametrize("cambio", [{"is_active": False}, {"papel": "consulta"}, {"cui": "titular"}])
def test_si_ya_no_puede_revisarla_queda_por_asignar(observada, ana, cambio):
    """matriz.md §5: gone, of another role, or of the owner's own CUI."""
    cambio = {"cui": observada.titular_cui} if "cui" in cambio else cambio
    type(ana).objects.filter(pk=ana.pk).update(**cambio)
    escenas.remandar(escenas.reponer(observada, 1))
    gestion = Gestion.objects.get()
    assert (gestion.asignada_a, gestion.asignada_en) == (None, None)


def test_lo_agregado_a_otros_se_juzga_otra_vez(titular, ana):
    """matriz.md §5: a renglón that changed is not born verified."""
    gestion = escenas.con_archivos(titular)
    escenas.adjuntar(gestion, 8)
    escenas.mandar(gestion)
    escenas.tomar(numero=gestion.numero, actor=ana, ahora=gestion.creada_en)
    gestion = Gestion.de(titular, gestion.numero)
    gestion = escenas.devolver(escenas.observar_en(gestion, ana, {1: escenas.FIRMA}, {}), ana)
    escenas.adjuntar(gestion, 8)
    escenas.remandar(escenas.reponer(gestion, 1))
    nacidos = gestion.veredictos.filter(ronda=2, resultado=Resultado.VERIFICADO)
    assert {v.renglon for v in nacidos} == {2, 3, 4, 5, 6}


@pytest.mark.parametrize("estado", ["creacion", "recibida", "admitida", "archivada"])
def test_solo_lo_observado_se_reenvia(titular, ana, estado):
    """matriz.md §3: 409 in every other state."""
    gestion = {
        "creacion": lambda: escenas.con_archivos(titular),
        "recibida": lambda: escenas.enviada_sin_papeles(titular),
        "admitida": lambda: escenas.admitida(titular, ana),
        "archivada": lambda: escenas.desistida(escenas.observada(titular, ana)),
    }[estado]()
    with pytest.raises(Conflicto):
        escenas.remandar(gestion)


def test_la_de_otra_persona_no_existe(observada):
    """C9, S14: X and the staff alike."""
    for persona in (escenas.titular(), escenas.analista(papel="jefatura")):
        with pytest.raises(Gestion.DoesNotExist):
            escenas.remandar(observada, actor=persona)
