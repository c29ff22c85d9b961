"""What the members' screens say aloud: sentences and numbers, in slots that the cooperative fills.

`numbers` spells a number, `phrases` lists the sentences, `spoken` puts them together, `voice`
finds the sound of each in her language, and `slots` says what is still to be recorded.
"""
