//! `tierwise paper`: a paper as markdown, to be proved by hand.

mod pointing;

use std::io::{self, Write};

use tierwise_engine::bank::{Bank, Question, Severity, Span, place};
use tierwise_engine::course::Course;
use tierwise_engine::paper::{self, GENERATOR, Item};
use tierwise_engine::question::{Choice, Form, Gap, Keyboard, Most, Stem, option_index};

use crate::args::Paper;
use crate::files::{self, Folder, shown};
use crate::inspect::Findings;
use crate::render::counted;
use crate::terminal::{self, Stop, Verdict};

pub(super) fn run(args: &Paper) -> Result<Verdict, Stop> {
    let mut folders = files::read(std::slice::from_ref(&args.questions))?;
    let known: Vec<&str> = folders
        .iter()
        .filter_map(|folder| Some(folder.course.as_ref()?.id()))
        .collect();
    let names = |folder: &Folder| {
        folder
            .course
            .as_ref()
            .is_some_and(|course| course.id() == args.course)
    };
    let Some(at) = folders.iter().position(names) else {
        return Err(Stop::because(format_args!(
            "there is no course `{}` in {}; there are: {}",
            args.course,
            shown(&args.questions),
            known.join(", ")
        )));
    };
    let folder = folders.swap_remove(at);
    let Some(course) = &folder.course else {
        return Ok(Verdict::Faults);
    };
    let errors = Findings::of(std::slice::from_ref(&folder)).count(Severity::Error);
    if errors > 0 {
        return fault(&format!(
            "no paper can be drawn: {} in {}; run tierwise check {}",
            counted(errors, "error"),
            course.title(),
            shown(&folder.path)
        ));
    }
    match paper::exam(course, &folder.banks, args.seed) {
        Err(shortfall) => fault(&format!("no paper can be drawn: {shortfall}")),
        Ok(paper) => {
            let mut out = terminal::output();
            let mut printer = Printer {
                out: &mut out,
                keys: args.keys,
            };
            printer.paper(course, &folder.banks, &paper)?;
            out.flush()?;
            Ok(Verdict::Fine)
        }
    }
}

fn fault(message: &str) -> Result<Verdict, Stop> {
    let mut out = terminal::errors();
    writeln!(out, "tierwise: {message}")?;
    out.flush()?;
    Ok(Verdict::Faults)
}

struct Printer<'a> {
    out: &'a mut dyn Write,
    keys: bool,
}

impl Printer<'_> {
    fn paper(&mut self, course: &Course, banks: &[Bank], paper: &paper::Paper) -> io::Result<()> {
        let questions: Vec<(&Item, Question<'_>)> = paper
            .items
            .iter()
            .filter_map(|item| Some((item, item.find(banks)?)))
            .collect();
        let marks: u32 = questions.iter().map(|(_, question)| question.marks()).sum();
        writeln!(self.out, "# {}\n", course.title())?;
        writeln!(
            self.out,
            "{}, {} · {} · pass mark {} %\n",
            counted(questions.len(), "question"),
            counted(marks as usize, "mark"),
            counted(course.minutes() as usize, "minute"),
            course.pass_percent()
        )?;
        writeln!(self.out, "Seed {} of {GENERATOR}\n", paper.seed)?;
        let mut case = None;
        for (number, (item, question)) in (1..).zip(questions) {
            let this = question
                .case()
                .map(|case| (question.bank().path(), case.index()));
            if let Some(shown) = question.case().filter(|_| this != case) {
                match self.keys {
                    true => writeln!(self.out, "## Case: {}\n", shown.title())?,
                    false => writeln!(self.out, "## Case\n")?,
                }
                writeln!(self.out, "{}\n", plain(shown.vignette()))?;
            }
            case = this;
            self.question(number, item, question)?;
        }
        Ok(())
    }

    fn question(&mut self, number: usize, item: &Item, question: Question<'_>) -> io::Result<()> {
        writeln!(self.out, "## Question {number}\n")?;
        let marks = counted(question.marks() as usize, "mark");
        if self.keys {
            let (id, kind) = (question.id(), question.type_name());
            let rule = if question.rule().is_empty() {
                String::new()
            } else {
                format!(", {}", question.rule())
            };
            writeln!(
                self.out,
                "*{marks} · {id} · {} · {kind}{rule}*\n",
                question.title()
            )?;
        } else {
            writeln!(self.out, "*{marks}*\n")?;
        }
        self.stem(question)?;
        match question.form() {
            Form::Choices { options, most } => self.choices(item, question, options, most)?,
            Form::Field {
                unit,
                accepted,
                keyboard,
            } => {
                let line = format!("Answer: {} {}", "\\_".repeat(8), question.piece(unit));
                writeln!(self.out, "{}\n", line.trim_end())?;
                if self.keys {
                    let accepted: Vec<String> = accepted
                        .iter()
                        .map(|&span| match keyboard {
                            // With its tolerance, in code spans of its own.
                            Keyboard::Number => question.piece(span).to_owned(),
                            Keyboard::Text => format!("`{}`", question.piece(span)),
                        })
                        .collect();
                    writeln!(self.out, "**Key:** {}\n", accepted.join("; "))?;
                }
            }
            Form::Locate(message) => self.message(question, message)?,
            Form::Hotspot { picture, regions } => self.picture(question, picture, regions)?,
            Form::Essay { rubric, model } => self.essay(question, rubric, model)?,
            Form::Order { items } => self.order(item, question, items)?,
            Form::Match {
                stems,
                options,
                lettered,
            } => self.matching(item, question, stems, options, lettered)?,
            Form::Gaps(gaps) => self.gaps(question, gaps)?,
        }
        if self.keys {
            if let Some(explanation) = question.explanation() {
                writeln!(self.out, "{}\n", plain(&moved(question, explanation)))?;
            }
            let sources: Vec<String> = question
                .sources()
                .map(|span| format!("- {}", moved(question, span).replace('\n', "\n  ")))
                .collect();
            if !sources.is_empty() {
                writeln!(self.out, "Sources:\n\n{}\n", sources.join("\n"))?;
            }
        }
        Ok(())
    }

    fn choices(
        &mut self,
        item: &Item,
        question: Question<'_>,
        options: &[Choice],
        most: Most,
    ) -> io::Result<()> {
        match most {
            Most::One => writeln!(self.out, "Choose one.\n")?,
            Most::Any => writeln!(self.out, "Choose all that apply.\n")?,
            Most::AnyOrNone => writeln!(self.out, "Choose all that apply, or none.\n")?,
            Most::AtMost(most) => writeln!(self.out, "Choose no more than {most}.\n")?,
        }
        let mut keys = Vec::new();
        for (letter, index) in ('A'..='Z').zip(shown_order(item, options.len())) {
            self.option(letter, question, &options[index])?;
            if options[index].key {
                keys.push(letter.to_string());
            }
        }
        writeln!(self.out)?;
        if self.keys {
            let none = "none of them".to_owned();
            let keys = if keys.is_empty() {
                none
            } else {
                keys.join(", ")
            };
            writeln!(self.out, "**Key:** {keys}\n")?;
        }
        Ok(())
    }

    /// An option or item behind the letter that it has on the paper, with its rationale where keys are shown.
    fn option(&mut self, letter: char, question: Question<'_>, option: &Choice) -> io::Result<()> {
        let text = plain(&moved(question, option.text)).replace('\n', "\n  ");
        writeln!(self.out, "- **{letter}** {text}")?;
        if let Some(rationale) = option.rationale.filter(|_| self.keys) {
            let text = plain(&moved(question, rationale)).replace('\n', "\n  ");
            writeln!(self.out, "  {text}")?;
        }
        Ok(())
    }

    /// The stem; a gap is a line to write on, or a choice of words, behind its number.
    fn stem(&mut self, question: Question<'_>) -> io::Result<()> {
        let gaps = match question.form() {
            Form::Gaps(gaps) => gaps,
            _ => &[],
        };
        let stem = question.stem_filled(&|number, out| {
            let words = match gaps[number].choice {
                None => "\\_".repeat(8),
                // As they are written, since the gap may stand in a table.
                Some(_) => {
                    let words = question.gap_words(&gaps[number]).into_iter();
                    let written = words.map(|(at, _)| code(question.piece(gaps[number].words[at])));
                    written.collect::<Vec<_>>().join(" / ")
                }
            };
            out.push_str(&format!("({}: {words})", number + 1));
        });
        writeln!(self.out, "{}\n", plain(&stem))
    }

    fn order(&mut self, item: &Item, question: Question<'_>, items: &[Choice]) -> io::Result<()> {
        writeln!(self.out, "Write down the letters in order.\n")?;
        let mut key = vec![' '; items.len()];
        for (letter, index) in ('A'..='Z').zip(shown_order(item, items.len())) {
            self.option(letter, question, &items[index])?;
            key[index] = letter;
        }
        writeln!(self.out, "\nAnswer: {}\n", "\\_".repeat(8))?;
        if self.keys {
            let key: Vec<String> = key.iter().map(char::to_string).collect();
            writeln!(self.out, "**Key:** {}\n", key.join(", "))?;
        }
        Ok(())
    }

    fn matching(
        &mut self,
        item: &Item,
        question: Question<'_>,
        stems: &[Stem],
        options: &[Choice],
        lettered: bool,
    ) -> io::Result<()> {
        writeln!(self.out, "Give each the letter of its option.\n")?;
        let mut letters = vec![' '; options.len()];
        for (letter, index) in ('A'..='Z').zip(shown_order(item, options.len())) {
            letters[index] = letter;
            if lettered {
                self.option(letter, question, &options[index])?;
                continue;
            }
            writeln!(
                self.out,
                "- **{letter}** {}",
                cell(question, options[index].text)
            )?;
            self.why(question, options[index].rationale, "  ")?;
        }
        writeln!(self.out)?;
        for (number, stem) in (1..).zip(stems) {
            let text = cell(question, stem.text);
            writeln!(self.out, "{number}. {text}: {}", "\\_".repeat(4))?;
            self.why(question, stem.rationale, "   ")?;
        }
        writeln!(self.out)?;
        if self.keys {
            let key = |(number, stem): (u32, &Stem)| {
                format!("{number} {}", letters[usize::from(stem.key)])
            };
            let keys: Vec<String> = (1..).zip(stems).map(key).collect();
            writeln!(self.out, "**Key:** {}\n", keys.join(", "))?;
        }
        Ok(())
    }

    /// A rationale that stands in a table, as a blockquote in a list item.
    fn why(&mut self, question: Question<'_>, why: Option<Span>, indent: &str) -> io::Result<()> {
        match why.filter(|_| self.keys) {
            Some(why) => writeln!(self.out, "{indent}> {}", cell(question, why)),
            None => Ok(()),
        }
    }

    fn gaps(&mut self, question: Question<'_>, gaps: &[Gap]) -> io::Result<()> {
        if !self.keys {
            return Ok(());
        }
        let key = |(number, gap): (u32, &Gap)| {
            let right = match gap.choice {
                Some(right) => code(&word(question, gap, usize::from(right))),
                None => words(question, gap).join(" or "),
            };
            format!("({number}) {right}")
        };
        let keys: Vec<String> = (1..).zip(gaps).map(key).collect();
        writeln!(self.out, "**Key:** {}\n", keys.join("; "))
    }
}

/// The indices of `count` options in the order in which a paper shows them.
fn shown_order(item: &Item, count: usize) -> Vec<usize> {
    let index = |letter: char| option_index(letter.encode_utf8(&mut [0; 4]));
    let shown: Vec<usize> = item
        .order
        .chars()
        .filter_map(index)
        .filter(|&index| index < count)
        .collect();
    match shown.is_empty() {
        true => (0..count).collect(),
        false => shown,
    }
}

/// The words of a gap, as code, in the order in which they are shown.
fn words(question: Question<'_>, gap: &Gap) -> Vec<String> {
    let words = question.gap_words(gap).into_iter();
    words.map(|(_, word)| code(&word)).collect()
}

/// A word of a gap by its index.
fn word(question: Question<'_>, gap: &Gap, index: usize) -> String {
    let mut words = question.gap_words(gap).into_iter();
    words
        .find_map(|(at, word)| (at == index).then_some(word))
        .unwrap_or_default()
}

/// A word as a code span.
fn code(word: &str) -> String {
    ["`", word, "`"].concat()
}

/// The cell of a table as markdown that stands outside of one.
fn cell(question: Question<'_>, span: Span) -> String {
    plain(question.piece(span)).replace("\\|", "|")
}

/// A piece of a bank with its lines moved left as far as it is indented there.
fn moved(question: Question<'_>, span: Span) -> String {
    let indent = place(question.bank().source(), span.start).column as usize - 1;
    let mut lines = question.piece(span).lines();
    let mut text = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let spare = line.len() - line.trim_start_matches([' ', '\t']).len();
        text.push('\n');
        text.push_str(&line[spare.min(indent)..]);
    }
    text
}

/// Markdown without its footnote references, which lead nowhere on a paper. Code stays as it is.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence = "";
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '>']);
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| bare.starts_with(mark));
        match mark {
            Some(mark) if fence.is_empty() => fence = mark,
            Some(mark) if fence == mark => fence = "",
            None if fence.is_empty() => {
                without_references(line, &mut out);
                continue;
            }
            _ => {}
        }
        out.push_str(line);
    }
    out
}

fn without_references(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(at) = rest.find(['`', '[']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if rest.starts_with('`') {
            let ticks = rest.len() - rest.trim_start_matches('`').len();
            let (run, behind) = rest.split_at(ticks);
            let length = behind.find(run).map_or(ticks, |end| end + 2 * ticks);
            out.push_str(&rest[..length]);
            length
        } else if let Some(length) = reference(rest) {
            length
        } else {
            out.push('[');
            1
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
}

/// How long the footnote reference is that `text` begins with.
fn reference(text: &str) -> Option<usize> {
    let label = text.strip_prefix("[^")?;
    let end = label.find(']')?;
    let is_label =
        end > 0 && !label[..end].contains(|c: char| c.is_whitespace() || c == '[' || c == '`');
    (is_label && !label[end + 1..].starts_with('(')).then_some(end + 3)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn footnote_references_go_and_code_stays() {
        for (text, expected) in [
            ("It is so.[^ps3-4][^b] And?", "It is so. And?"),
            ("`[^a]` and ``x`[^b]`` but[^c]", "`[^a]` and ``x`[^b]`` but"),
            (
                "> Said[^a]\n> ```hl7\n> MSH|[^x]\n> ```\n> Then[^b]",
                "> Said\n> ```hl7\n> MSH|[^x]\n> ```\n> Then",
            ),
            ("[a](b) [^not one] `open [^a]", "[a](b) [^not one] `open "),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
