//! An option that does not follow from the stem by grammar, or is written otherwise than all others, is known without the subject (NBME:
//! “grammatical cues”; Haladyna et al., guideline 28 c).

use crate::bank::{Code, Question, Report};
use crate::question::{Choice, Form, Most};

/// Something that is so of a text, and how it is said.
type Trait = (fn(&str) -> bool, &'static str);

const TRAITS: [Trait; 3] = [
    (ends_a_sentence, "ends in a full stop"),
    (begins_small, "begins with a small letter"),
    (begins_with_capital, "begins with a capital"),
];

pub(super) fn check(question: Question<'_>, report: &mut Report) {
    let Form::Choices {
        options,
        most: Most::One,
    } = question.form()
    else {
        return;
    };
    let Some(key) = options.iter().find(|option| option.key) else {
        return;
    };
    let text = |option: &Choice| question.piece(option.text);
    let distractors = || options.iter().filter(|option| !option.key).map(text);
    let clue =
        |message: String, report: &mut Report| report.add(Code::GrammarClue, key.text, message);

    if let Some(vowel) = question.stem_parts().last().and_then(article)
        && begins_with_vowel(text(key)) == Some(vowel)
        && distractors().any(|other| begins_with_vowel(other) == Some(!vowel))
    {
        let article = if vowel { "an" } else { "a" };
        clue(
            format!("the stem ends in `{article}`, which fits the key and not every distractor"),
            report,
        );
    }
    for (has, what) in TRAITS {
        // With two options each of them is alone.
        if options.len() > 2 && has(text(key)) && !distractors().any(has) {
            // Code and digits begin with neither, which is no clue.
            let comparable = what.starts_with("ends")
                || distractors().all(|other| begins_small(other) || begins_with_capital(other));
            if comparable {
                clue(format!("the key alone {what}"), report);
            }
        }
    }
}

/// Whether the stem breaks off behind `an` (true) or `a` (false), for the option to go on.
fn article(stem: &str) -> Option<bool> {
    let end = stem.trim_end_matches(|c: char| c.is_whitespace() || "….:_".contains(c));
    let (_, last) = end.rsplit_once(char::is_whitespace)?;
    match last {
        "a" => Some(false),
        "an" => Some(true),
        _ => None,
    }
}

/// Whether the first letter is a vowel; `None` when the text begins with no letter, and for abbreviations, which are spelt out.
fn begins_with_vowel(text: &str) -> Option<bool> {
    let text = text.trim_start_matches(['*', '_']);
    let mut letters = text.chars();
    let first = letters.next().filter(char::is_ascii_alphabetic)?;
    let is_word = letters.next().is_some_and(|second| second.is_lowercase());
    is_word.then(|| "aeiou".contains(first.to_ascii_lowercase()))
}

fn ends_a_sentence(text: &str) -> bool {
    text.ends_with('.') && !text.ends_with("..")
}

fn begins_small(text: &str) -> bool {
    text.starts_with(char::is_lowercase)
}

fn begins_with_capital(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_vowels() {
        assert_eq!(article("The acknowledgement is an …"), Some(true));
        assert_eq!(article("What is this? It is a:"), Some(false));
        assert_eq!(article("Which is a key?"), None);
        assert_eq!(begins_with_vowel("event"), Some(true));
        assert_eq!(begins_with_vowel("*Message*"), Some(false));
        for text in ["ORU", "`ORU`", "1", ""] {
            assert_eq!(begins_with_vowel(text), None, "{text}");
        }
    }
}
