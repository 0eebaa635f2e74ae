"""Saving the steps."""

import pytest
from django.utils import timezone

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.guardar_paso import Escrito, guardar_paso
from tramites.models import Gestion
from tramites.reglas.rechazos import Conflicto, PasoPendiente


def borrador(gestion, clave, **valores):
    escrito = Escrito(paso=clave, valores=valores, completa=False, continuar=False)
    return guardar_paso(
        numero=gestion.numero, actor=gestion.solicitante, escrito=escrito, ahora=timezone.now()
    )


def test_un_borrador_equivocado_se_conserva(titular):
    """B0, S20: what was typed stays, even wrong, and is no event."""
    gestion = escenas.nueva(titular)
    borrador(gestion, "datos-generales", primer_apellido="1234")
    assert Gestion.de(titular, gestion.numero).respuestas.get().valores == {"primer_apellido": "1234"}
    assert not Evento.objects.filter(tipo="paso_guardado").exists()


def test_adelante_esta_cerrado(titular):
    """B0, S20: step 3 cannot be saved before steps 1 and 2."""
    gestion = escenas.nueva(titular)
    with pytest.raises(PasoPendiente) as rechazo:
        escenas.guardar(gestion, "juramento")
    assert rechazo.value.mensaje == "Primero complete el paso 1, Datos Generales."
    assert not gestion.respuestas.exists()


def test_los_nombres_van_y_vienen_entre_los_pasos_1_y_2(titular):
    """B2.2: what both steps ask is one datum."""
    gestion = escenas.hasta_acta(titular)
    escenas.guardar(gestion, "beneficiario", primer_nombre="Ixmucané")
    valores = {r.paso: r.valores for r in Gestion.de(titular, gestion.numero).respuestas.all()}
    assert valores["datos-generales"]["primer_nombre"] == "IXMUCANÉ"
    escenas.guardar(gestion, "datos-generales", segundo_apellido="De León")
    gestion = Gestion.de(titular, gestion.numero)
    assert gestion.valores_de(gestion.definicion.paso("beneficiario"))["segundo_apellido"] == "DE LEÓN"
    assert gestion.titular_nombre == "ROSALINDA TZOC DE LEÓN"
    assert gestion.titular_busqueda == "rosalinda tzoc de leon"


def test_cambiar_un_dato_anula_el_formulario_impreso(titular):
    """B4.3: what was printed loses its force, and steps 4 and 5 re-open."""
    gestion = escenas.hasta_documentos(titular)
    assert escenas.guardar(gestion, "juramento", pregunta_5="SI") == 1
    gestion = Gestion.de(titular, gestion.numero)
    assert gestion.formulario_vigente is None
    assert gestion.versiones.get().anulada_en is not None
    assert "acta" not in gestion.pasos_completos()


def test_guardar_sin_cambios_no_anula_nada(titular):
    """B4.3: going back and pressing «Continuar» costs nothing."""
    gestion = escenas.hasta_documentos(titular)
    assert escenas.guardar(gestion, "datos-generales") is None
    assert Gestion.de(titular, gestion.numero).formulario_vigente is not None


def test_una_enviada_no_se_edita(titular):
    """S22: after sending, 409 and nothing written."""
    gestion = escenas.recibida(titular)
    with pytest.raises(Conflicto) as rechazo:
        escenas.guardar(gestion, "datos-generales", primer_nombre="OTRA")
    assert rechazo.value.mensaje == "Su Gestión ya fue enviada. No tiene que hacer nada más."
    assert Gestion.de(titular, gestion.numero).titular_nombre == "ROSALINDA TZOC BARRERA"


def test_la_de_otra_persona_no_existe(titular):
    """C9, S14."""
    ajena = escenas.nueva(escenas.titular())
    ajena.solicitante = titular
    with pytest.raises(Gestion.DoesNotExist):
        escenas.guardar(ajena, "datos-generales")


def test_cada_acto_reinicia_el_plazo(titular):
    """FB1: saving a step, an autosave included, moves the clock."""
    hace_meses = timezone.now() - timezone.timedelta(days=100)
    gestion = escenas.nueva(titular, hace_meses)
    antes = gestion.archivar_el
    borrador(gestion, "datos-generales", primer_apellido="T")
    assert Gestion.de(titular, gestion.numero).archivar_el > antes


# ── returned with a case of a step (E8, matriz.md §4) ────────────────────────────


@pytest.fixture
def observada(titular) -> Gestion:
    return escenas.observada(titular, pasos={"beneficiario": "FALTA EL TELÉFONO."})


def test_solo_se_corrige_el_paso_con_caso(observada):
    """matriz.md §4."""
    with pytest.raises(Conflicto, match="ONSEC no pidió cambiar este paso"):
        escenas.guardar(observada, "juramento", pregunta_5="SI")
    assert escenas.guardar(observada, "beneficiario", telefono="44445555") == 1


def test_corregir_el_paso_anula_el_formulario_aunque_nada_cambie(observada, titular):
    """E8: the paper must be signed again."""
    assert escenas.guardar(observada, "beneficiario") == 1
    gestion = Gestion.de(titular, observada.numero)
    assert gestion.formulario_vigente is None
    assert gestion.versiones.get(n=1).anulada_en
    assert escenas.guardar(observada, "beneficiario") is None


def test_lo_enviado_queda_como_se_envio(observada, titular):
    """arquitectura.md «What is frozen»: the office reads what was sent."""
    antes = observada.envios.get().version_formulario.contenido
    escenas.guardar(observada, "beneficiario", telefono="44445555")
    assert Gestion.objects.get().envios.get().version_formulario.contenido == antes


def test_un_borrador_del_paso_observado_se_conserva_y_no_cuenta(observada, titular):
    """B0, T3: half-written, it is kept and still pending."""
    borrador(observada, "beneficiario", telefono="44")
    gestion = Gestion.de(titular, observada.numero)
    assert gestion.valores_de(gestion.definicion.paso("beneficiario")) == {"telefono": "44"}
    with pytest.raises(PasoPendiente) as rechazo:
        escenas.remandar(gestion)
    assert rechazo.value.paso.clave == "beneficiario"


def test_sin_caso_de_paso_ninguno_se_abre(titular):
    """matriz.md §4."""
    gestion = escenas.observada(titular)
    for clave in escenas.RESPUESTAS:
        with pytest.raises(Conflicto):
            escenas.guardar(gestion, clave)


def test_guardar_la_correccion_reinicia_el_plazo(observada):
    """FB1."""
    escenas.notificada(observada)
    Gestion.objects.update(base_plazo="2026-01-01")
    escenas.guardar(observada, "beneficiario")
    assert Gestion.objects.get().base_plazo == timezone.localdate()
