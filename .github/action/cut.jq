# A Markdown report within a limit: whole lines from its beginning, and a word on what is missing.
#
# $room: the limit. $unit: "bytes", or "characters" as UTF-16 counts them, which is never less than
# what GitHub counts. $artifact: where the whole report is kept; empty for nowhere.

# Kept for the closing of what the cut leaves open and for the word on it.
def margin: 1000;

def size:
  if $unit == "bytes" then utf8bytelength
  else length + ([explode[] | select(. > 65535)] | length)
  end;

def missing($lines):
  "\n**The report goes on for \($lines) more lines.** " +
  (if $artifact == "" then "It is too long to be shown here."
   else "It is too long to be shown here; the whole of it is in the artifact “\($artifact)”."
   end) + "\n";

split("\n") as $lines
| [foreach $lines[] as $line (0; . + ($line | size) + 1; .)] as $sizes
| if $sizes[-1] <= $room then .
  else
    ([$sizes[] | select(. <= $room - margin)] | length) as $kept
    | $lines[:$kept] as $shown
    # Tags of the report's own stand at the beginning of a line; those of strangers are text.
    | ([$shown[] | select(startswith("<details>"))] | length) as $opened
    | ([$shown[] | select(startswith("</details>"))] | length) as $closed
    | ($shown | join("\n")) + "\n"
      + ([range($opened - $closed) | "\n</details>\n"] | join(""))
      + missing(($lines | length) - $kept)
  end
