"""Every invented text of the demonstration. None is about a real person."""

from observations.demo.corpus_cadre_espaces import CADRE_ESPACES
from observations.demo.corpus_cadre_rue import CADRE_RUE
from observations.demo.corpus_commerces import COMMERCES
from observations.demo.corpus_droits import DROITS
from observations.demo.corpus_ecologie_chez_soi import ECOLOGIE_CHEZ_SOI
from observations.demo.corpus_ecologie_dehors import ECOLOGIE_DEHORS
from observations.demo.corpus_egalite import EGALITE
from observations.demo.corpus_emploi import EMPLOI
from observations.demo.corpus_enfance_ecole import ENFANCE_ECOLE
from observations.demo.corpus_enfance_famille import ENFANCE_FAMILLE
from observations.demo.corpus_jeunesse import JEUNESSE
from observations.demo.corpus_lien_moments import LIEN_MOMENTS
from observations.demo.corpus_lien_voisins import LIEN_VOISINS
from observations.demo.corpus_logement_confort import LOGEMENT_CONFORT
from observations.demo.corpus_logement_immeuble import LOGEMENT_IMMEUBLE
from observations.demo.corpus_mobilites_bus import MOBILITES_BUS
from observations.demo.corpus_mobilites_rue import MOBILITES_RUE
from observations.demo.corpus_participation import PARTICIPATION
from observations.demo.corpus_sante import SANTE
from observations.demo.corpus_tranquillite import TRANQUILLITE
from observations.demo.text import Text

TEXTS: tuple[Text, ...] = (
    *LOGEMENT_CONFORT,
    *LOGEMENT_IMMEUBLE,
    *CADRE_RUE,
    *CADRE_ESPACES,
    *TRANQUILLITE,
    *LIEN_VOISINS,
    *LIEN_MOMENTS,
    *ENFANCE_ECOLE,
    *ENFANCE_FAMILLE,
    *JEUNESSE,
    *EMPLOI,
    *SANTE,
    *DROITS,
    *EGALITE,
    *COMMERCES,
    *MOBILITES_BUS,
    *MOBILITES_RUE,
    *ECOLOGIE_CHEZ_SOI,
    *ECOLOGIE_DEHORS,
    *PARTICIPATION,
)
