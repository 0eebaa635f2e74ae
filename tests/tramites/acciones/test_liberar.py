"""«Liberar»: back to the queue."""

import pytest
from django.utils import timezone

from cuentas.models import Usuario
from tests.tramites import escenas
from tramites.acciones.liberar import liberar
from tramites.acciones.tomar_siguiente import tomar_siguiente
from tramites.models import Gestion, Resultado
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import Conflicto

AHORA = timezone.now()


JEFATURA = Usuario.Papel.JEFATURA


def hacer(accion, gestion: Gestion, quien: Usuario, **datos) -> Gestion:
    gestion = Gestion.objects.get(pk=gestion.pk)
    return accion(numero=gestion.numero, actor=quien, version=gestion.version, ahora=AHORA, **datos)


def test_liberar_la_devuelve_a_la_cola_con_sus_veredictos(titular):
    """matriz.md §5: the drafts belong to the Gestión."""
    quien = escenas.analista()
    gestion = escenas.tomada(titular, quien)
    escenas.dictaminar(gestion, quien, renglon=1, resultado=Resultado.OBSERVADO, texto=escenas.FIRMA)
    assert hacer(liberar, gestion, quien).asignada_a is None
    otra = tomar_siguiente(actor=escenas.analista(), ahora=AHORA)
    assert otra.veredictos.get().texto == escenas.FIRMA


def test_liberar_es_de_quien_la_tiene_o_de_jefatura(titular):
    """matriz.md §3 `liberar`: RECIBIDA A* and J; OBSERVADA only J; ADMITIDA 409."""
    quien, jefa = escenas.analista(), escenas.analista(papel=JEFATURA)
    gestion = escenas.tomada(titular, quien)
    with pytest.raises(NoPermitido):
        hacer(liberar, gestion, escenas.analista())
    gestion = escenas.devolver(escenas.observar_en(gestion, quien, {1: escenas.FIRMA}, {}), quien)
    with pytest.raises(NoPermitido):
        hacer(liberar, gestion, quien)
    assert hacer(liberar, gestion, jefa).asignada_a is None
    admitida = escenas.admitida(escenas.titular(), quien)
    for persona in (quien, jefa):
        with pytest.raises(Conflicto):
            hacer(liberar, admitida, persona)
