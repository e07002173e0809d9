"""Words that tell a name from a remark, a complaint from a question, a yes from a no."""

from __future__ import annotations

import re
from collections.abc import Iterable

PARENT = (
    r"(?:mum|mam|ma|mom|mummy|mother|dad|da|daddy|father|parents?|guardian|gran|granny|grandma|grandad|nan|carer|"
    r"aunt|auntie|uncle)"
)
"""Whoever makes a request for somebody under 18, as a part of a pattern."""
_NOT_NAMES = """
causes symptoms diagnosis treatment anatomy prevention recovery exercises surgery
whenever anytime
a about above absolute
accept ace actually add address afraid after again age ago agree ahead ain't all alone already
alright also always am amazing an and annoyed another answer any anybody anyhow anyone anything anyway apologies
appointment are as asap ask asking at available away awesome awful aye back bad be because been before being
belter best better between bit bloody body bonjour book booked booking bot both brill brilliant but by bye call
calling can can't cancel cannae cannot cant card certainly champion change charge chat cheap cheaper cheers
child ciao class clinic com come computer confirm confused contact cool correct cost could couldn't course
curious dad dammit dancing danke darling daughter day dead deaf dear decline delete desperate detail details diabetic
disabled did didn't didnae dinnae do doctor does doesn't doing don't done dont dot down dunno e-mail each early eh
either else email email: end english enough er erase erm error evening ever every everything exactly excellent exit
expensive experiencing fab fair fantastic fed feel fill fine finish fire first for forget form forty free french
friend from fuck full fully further german get getting give go goes going gone gonna gonnae good goodbye got
gracias grand great greetings guess guy had haha half hang happy has have haven't having he hello help her here
hers hey hi him his hiya hmm hola hold home honest honestly hoping how howdy however human hun hurry hurting
husband i i'd i'll i'm i've id idea if ill im in info injured instead interested into is isn't it it's its ive
job joke just
keen keep kids know last late later least leave left legend less let let's lets like limping link little ll
lol long look looking lot lots love lovely lush luv ma machine magic make many mate matter may maybe me mean
merci message might mind mine mobile moment money more morning most much mum must my myself na nae nah name
name: names naw need needs never new next nice no nobody none nope nor not notes nothing now nowt number number:
nurse nvm obviously och of off oh ok okay okey omg on one online only onto open or other our out over owt paid
pal parent partner pay people perfect perfectly perhaps person phone partially physio physiotherapist physiotherapy pick
playing please pleased pls plz polish possible pounds prefer pregnant price private probably problem profoundly put
quality quick quid quit quite rather re ready real really reference registered request right ring robot running same say
says see seem send session severely she should shouldn't sign skip smashing so some somebody someone something somewhat
son soon sorry sort sorted sounds spanish speak spell spelled spelling spelt spot start still stop struggling stuck
stuff stupid submit such suffering super suppose sure surname sweet ta take talk tel telephone tell text than thank
thanks that that's thats the their them then there there's these they thing things think this those though
through til till time times tired to today together told tomorrow tonight too training tried true try trying two
type typed um under unsure until up update urgent us use useless using very video wait walking wanna want wanted
wanting was wasn't way we we'd we'll we're we've wee week weekend well were what what's whatever whats when
where which while who who's whole whom whose why wicked wife will will_not with within without won't wonderful
wondering work works worried worry worse worst would wouldn't wow writing wrong rong yeah year years yep yes
yesterday yet yh yo you you'd you'll you're your yours yourself yup
"""
_COMPLAINT = """
ache aches achilles aching ankle ankles arch back ballet basketball bone bruise bruised burning calf calves
catches catching class click clicking clicks clunk cortisone cricket cycling dance dancer dancing descent
descents downhill feet flare foot football gives giving gym gymnast gymnastics heel heels hiking hill hills hip
hockey hurdler hurt hurting hurts impingement injection injured injuries injury jog jogging joint jump jumping
jumps kick kicked kicking knee knees landed landing leg legs limp limping lunge match months mri muscle netball
niggle numb operation os pain painful pains physio pinch pinches pinching plie pointe releve rolled rugby run
runner running runs scan shin shins since slopes sole sore soreness sport sports sprain sprained sprint
sprinting squat squatting stabbing stairs steps steroid stiff stiffness surgery swelling swells swimming swollen
tendon tennis throb throbs tight tightness toe toes training trigonum twinge twisted unstable uphill walk
walking weak weakness weeks worse worst x-ray xray
aches arthritic arthritis balance blister blisters broke broken bunion bunions bursitis cartilage cramp cramps
cyst elbow elbows fascia fasciitis finger fingers fractured fracture groin hamstring hamstrings inflamed
instability jarred ligament ligaments locking locks metatarsal migraine mobility neck numbness orthotics plantar
popping pops posture pulled quad quads rehab sacrum scan sciatica shoulder shoulders slipped snapped snapping
spasm spasms spine spur strain strained tendinitis tendinopathy tendonitis tender thigh thighs thumb tingling
tore torn wobbly wrist wrists
"""
_BODY = """
achilles ankle ankles back bone calf feet foot heel heels hip hurt hurts injury joint knee knees leg legs muscle
pain pains shin sore stiffness swelling tendon toe toes
"""
# Words that speak of a complaint only beside others.
_WEAK = """
back class match months physio training walk walking weeks since run runs stairs steps sport sports leg catch
catches descents hill hills giving gives flare os
"""

_DAYS = """
monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
sundays mon tue tues wed thu thurs fri sat sun mornings afternoons evenings afternoon
"""

NOT_NAMES = frozenset(_NOT_NAMES.split())
"""Lower-case words no name is made of; a remark that holds one of them is not a name on its own."""

COMPLAINT = frozenset(_COMPLAINT.split())
"""Words a description of an injury is made of."""

BODY = frozenset(_BODY.split())
"""Parts of the body and what they do: never part of a name."""

DAYS = frozenset(_DAYS.split())
"""Days and times of day."""

SURELY = COMPLAINT - frozenset(_WEAK.split())
"""Words that speak of a complaint on their own."""

_SPORTS = """
ballet basketball cricket cycling dance dancer dancing football gym gymnast gymnastics hiking hockey hurdler jog jogging
jump jumping jumps kick kicked kicking netball plie pointe releve rugby runner running sprint sprinting squat squatting
swimming tennis training walking
"""
FELT = SURELY - frozenset(_SPORTS.split())
"""Of these, what is felt and where: a sport alone says little about a complaint."""

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, straight apostrophes."""
    return [one.replace("’", "'") for one in _TOKEN.findall(text.lower())]


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of `words` is in the text."""
    return not frozenset(words).isdisjoint(words_of(text))
