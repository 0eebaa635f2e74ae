"""The engine's tables."""

from .asueto import AsuetoExtra
from .aviso_de_archivado import AvisoDeArchivado
from .cifra import Cifra
from .comprobante import Comprobante
from .documento import Documento
from .envio import Envio
from .estado import Causa, Estado
from .formulario import VersionFormulario
from .gestion import COLA, Gestion
from .palabra import Palabra
from .previo import CasoDePrevio, Previo
from .rectificacion import Rectificacion
from .respuesta import RespuestaPaso
from .revision import DatosInternos, Nota, Resultado, Veredicto

__all__ = [
    "COLA",
    "AsuetoExtra",
    "AvisoDeArchivado",
    "CasoDePrevio",
    "Causa",
    "Cifra",
    "Comprobante",
    "DatosInternos",
    "Documento",
    "Envio",
    "Estado",
    "Gestion",
    "Nota",
    "Palabra",
    "Previo",
    "Rectificacion",
    "RespuestaPaso",
    "Resultado",
    "Veredicto",
    "VersionFormulario",
]
