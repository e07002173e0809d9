"""Words that tell a name from a remark, a complaint from a question, a yes from a no."""

from __future__ import annotations

import re
from collections.abc import Iterable

NOT_NAMES = frozenset(
    """
    a about above accept actually add address after again age ago agree ahead ain't all alone already alright also always am an and
    another answer any anybody anyone anything anyway appointment apologies are as ask at away awful aye back bad be
    because been before being best better between bit bloody body book booked booking both brill brilliant but by bye call can
    can't cancel cannot cant card certainly change charge chat cheap cheaper cheers child clinic com come confirm contact
    cool correct cost could couldn't course dad dammit daughter day dead dear decline delete detail details did didn't do does
    doesn't doing done don't dont dot down dunno each early eh either else email e-mail end enough erase error evening
    ever every everything exactly expensive fab fair fantastic feel fill fine finish first for forget form forty free friend
    from fuck full further get give go goes going gone gonna gonnae good goodbye got great guess guy had half hang has
    have haven't having he hello help her here hers hey hi him his hiya hold home how however hurry husband i i'd i'll
    i'm i've id idea if ill im in info instead interested into is isn't it it's its ive job just keep kids know last late
    later least leave left less let let's like link little ll long look looking lot lots lovely ma make many matter may
    maybe me mean message might mind mine mobile moment money more morning most much mum must my myself na nae nah name
    names naw need needs never new next nice no nobody none nope nor not nothing notes now nowt number ok okay
    okey of off on one only onto open or other our out over owt paid parent partner pay people perfect perhaps person
    phone physio physiotherapist physiotherapy pick please pleased plz pls possible pounds prefer price private
    probably problem put quick quid quit quite rather re ready real really reference request right ring same say says see seem
    send session she should shouldn't sign skip so some somebody someone something son soon sorry sort sounds speak
    spell spelling spelt spelled start still stop stupid such suppose sure surname ta take talk tell text than thank thanks that
    that's thats the their them then there there's these they thing things think this those though through til till time
    times to today together told tomorrow tonight too tried true try two type typed um under until up update us use
    useless using very video wait wanna want wanted was wasn't way we we'd we'll we're we've wee week weekend well were
    what what's whatever whats when where which while who who's whole whom whose why wife will will_not with within
    without won't wonderful work works worried worry worse worst would wouldn't wrong yeah year years yep yes yesterday
    yet yh yo you you'd you'll you're your yours yourself yup email: tel telephone number: name: fire perfectly grand
    desperate keen happy available tired injured pregnant diabetic stuck struggling hurting limping fed annoyed
    afraid unsure confused curious asking wondering hoping trying calling writing having suffering experiencing
    training playing running dancing walking getting asap urgent online fully anyhow nvm lol haha omg hmm er erm
    oh och mate pal love luv hun darling doctor nurse spot cannae didnae dinnae wanting after before exit
    english german french spanish polish human bot robot computer machine somewhat honest honestly obviously
    """.split()
)
"""Lower-case words no name is made of; a remark that holds one of them is not a name on its own."""

COMPLAINT = frozenset(
    """
    ankle ankles heel heels foot feet toe toes achilles calf calves leg legs knee knees shin shins hip back tendon
    bone joint muscle arch sole pain pains painful ache aches aching hurt hurts hurting sore soreness swollen swelling
    swells stiff stiffness tight tightness pinch pinches pinching click clicks clicking clunk catching catches stabbing
    throb throbs burning twinge niggle bruise bruised injury injured injuries sprain sprained twisted rolled landed
    kick kicking kicked jump jumping jumps landing sprint sprinting hurdler run runs runner running jog jogging football rugby
    cricket tennis netball basketball hockey gymnastics gymnast dancer dance dancing ballet pointe plie releve swimming
    cycling hiking walk walking stairs steps hill hills downhill uphill slopes descent descents squat squatting lunge
    training match surgery operation scan xray x-ray mri cortisone steroid injection impingement os trigonum physio
    months weeks since worse worst weak weakness numb unstable gives giving flare limp limping sports sport gym class
    """.split()
)
"""Words a description of an injury is made of."""

BODY = frozenset(
    """
    ankle ankles heel heels foot feet toe toes achilles calf knee knees leg legs shin hip back tendon bone joint muscle
    pain pains hurt hurts sore injury swelling stiffness
    """.split()
)
"""Parts of the body and what they do: never part of a name."""

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, straight apostrophes."""
    return [one.replace("’", "'") for one in _TOKEN.findall(text.lower())]


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of `words` is in the text."""
    return not frozenset(words).isdisjoint(words_of(text))
