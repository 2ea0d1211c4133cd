//! What is wrong with a text, as data. Nothing here prints.

use super::span::Span;
use crate::sorted;

/// Whether a fault stops a bank from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The bank cannot be used.
    Error,
    /// Advice for the tutor; the bank can be used.
    Warning,
}

/// How many errors, and how many warnings, of one file are kept; a file of nothing but faults would fill the memory.
const MOST: usize = 1000;

macro_rules! if_error {
    (Error $texts:expr) => {
        Some($texts)
    };
    (Warning $texts:expr) => {
        None
    };
}

macro_rules! codes {
    ($($severity:ident $variant:ident $name:literal $remedy:literal)+) => {
        /// What kind of fault it is. The names are stable: tools may rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`: ", $remedy)] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its stable name, such as `two-keys`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// How much it matters.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// What to do about it.
            #[must_use]
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)+ }
            }

            /// Name and remedy of an error; `None` for a warning. A page, which shows errors alone, is spared the texts of the others.
            #[must_use]
            pub fn error(self) -> Option<(&'static str, &'static str)> {
                match self { $(Self::$variant => if_error!($severity ($name, $remedy)),)+ }
            }
        }
    };
}

codes! {
    Error NotUtf8 "not-utf8" "save the file as UTF-8: look for “encoding” in the editor's Save as"
    Error TooLarge "too-large" "split the bank: a file holds at most 16 MiB"
    Error NoFrontMatter "no-front-matter" "begin the file with a line `---`, then `tierwise: 1`, `title: …` and a closing `---`"
    Error FrontMatterOpen "front-matter-open" "close the front matter with a line `---`"
    Error FrontMatterLine "front-matter-line" "write one `key: value` a line, with no list and no nesting"
    Error FrontMatterTwice "front-matter-twice" "keep one of the two lines"
    Error UnknownKey "unknown-key" "use a key of the bank format, or take the line out"
    Error MissingKey "missing-key" "add the line to the front matter"
    Error FormatVersion "format-version" "write `tierwise: 1`; this release reads version 1 of the bank format"
    Error NoQuestions "no-questions" "add a question: a heading `## id · Title`, a tag line, a stem and its key"
    Error HeadingForm "heading-form" "write `## id · Title`, the id without spaces"
    Error BadId "bad-id" "an id has letters, digits, `-`, `_` and `.` only, at most 64 of them"
    Error DuplicateId "duplicate-id" "give one of the two questions another id; results name questions by id"
    Error NoTagLine "no-tag-line" "put the type in a code span right under the heading, such as `single`"
    Error UnknownType "unknown-type" "use a type of the bank format: single, multiple, numeric, short, ordering, matching, extended, cloze, locate, hotspot, essay"
    Error UnknownTag "unknown-tag" "use topic, difficulty, tier, facet, marks, rule, outcome, fixed or case-sensitive"
    Error TagValue "tag-value" "give the tag a value that it can take"
    Error TagTwice "tag-twice" "keep one of the two tags"
    Error NoStem "no-stem" "write what is asked between the tag line and the answer"
    Error NoOptions "no-options" "write the options as a list: `- [x] ` for the key, `- [ ] ` for a distractor; extended: `- **A** `, `- **B** ` and so on"
    Error OptionCount "option-count" "give the question 2 to 26 options"
    Error NoItems "no-items" "write the items as a numbered list, in the right order"
    Error OptionLetter "option-letter" "letter the options in order, `- **A** `, `- **B** ` and so on, and name one of those letters in each row"
    Error NoTable "no-table" "write the table that the type needs; matching and extended: a stem and its option in each row; hotspot: Region, x y w h, Key; essay: Criterion, Marks"
    Error TableColumn "table-column" "matching and extended: a column for the stems, one for their options and, if needed, one for why; hotspot: Region, x y w h, Key and, if needed, Why; essay: Criterion, Marks and, if needed, Evidence"
    Error MatchForm "match-form" "give 2 to 26 stems an option each; matching: a row whose first cell is all *italic* gives a distractor"
    Error GapForm "gap-form" "write `[[accepted; also accepted]]` for a gap to type in, `[[*right; wrong; wrong]]` for one to choose for, each on one line"
    Error GapCount "gap-count" "give the text 1 to 26 gaps, such as `[[accepted]]`"
    Error OptionWithoutBox "option-without-box" "begin the option with `[x]` or `[ ]`"
    Error EmptyOption "empty-option" "write the text of the option"
    Error NoKey "no-key" "mark the key: `- [x]` for an option, a full-mark answer behind `**Answer:**`, ✓ in the row of a region"
    Error TwoKeys "two-keys" "tick one key only, or make the question `multiple`"
    Error NoAnswer "no-answer" "write the key in a paragraph of its own: **Answer:** and the answer in a code span"
    Error AnswerForm "answer-form" "numeric: **Answer:** `16` ± `1` `unit`; short: **Answer:** `one`; `another`"
    Error AnswerTwice "answer-twice" "take one of them out; case and white space do not matter"
    Error NotANumber "not-a-number" "write a decimal number with a point, such as `0.5`"
    Error NoTarget "no-target" "put `[[` and `]]` round what is to be pointed at, in a fenced block of language hl7 or dicom"
    Error BadTarget "bad-target" "put `[[` and `]]` round one segment, field, repetition, component or subcomponent of a message, or in one line of a dump"
    Error MessageForm "message-form" "write one element a line as dcmdump does, items and what lies in them indented; a message has at most 65,000 parts"
    Error NoPicture "no-picture" "put the picture in a paragraph of its own, above the table of its regions"
    Error RegionForm "region-form" "give each of 2 to 26 regions a name and a place within the picture, such as `0 10 25.5 40`; mark a key with ✓"
    Error RubricForm "rubric-form" "give each of 1 to 26 criteria a name and whole marks; they sum to the question's marks, at most 100"
    Error StrayBlock "stray-block" "move it into the stem, into an option's rationale or into the `> [!NOTE]` block; here nobody would see it"
    Error TwoExplanations "two-explanations" "make one `> [!NOTE]` block of the two"
    Error UnknownSource "unknown-source" "define the footnote: `[^label]: where to read it`"
    Error DuplicateSource "duplicate-source" "give one of the two footnotes another label"
    Error RawHtml "raw-html" "write markdown; to show an angle bracket put it in a code span"
    Error NamedCharacter "named-character" "write the character itself, such as `α`; by name there are &amp; &lt; &gt; &quot; &apos; &nbsp; only"
    Error UnsafeLink "unsafe-link" "link to an https: address or to a file of the course"
    Error RemoteImage "remote-image" "put the picture beside the bank and name it by its file name"
    Error ReferenceLink "reference-link" "write the address in the link itself: [text](address)"
    Error Column "blueprint-column" "give the blueprint the columns Bank, Topic, Easy, Middling, Hard and, if needed, Cases"
    Error Count "blueprint-count" "write a whole number from 0 to 200"
    Error NoBlueprint "no-blueprint" "add a section `## Blueprint` with a table: Bank, Topic, Easy, Middling, Hard"
    Error BlueprintTwice "blueprint-twice" "keep one section `## Blueprint` with one table"
    Error NoBank "no-bank" "name a bank file of this folder"
    Error FaultyBank "faulty-bank" "mend the errors of the bank first"
    Error Unmet "blueprint-unmet" "write more such questions or draw fewer"
    Error MissingImage "missing-image" "put the picture beside the bank under that very name; capitals and small letters count"
    Error NotNfkc "not-nfkc" "write the form that is shown; answers are compared in Unicode NFKC, and no candidate could give this one"
    Error CourseFolder "course-folder" "name the folder with letters, digits and `-` only; about, author, moderate, progress and try are pages of the site"
    Error KeyValue "key-value" "give the key a value that it can take"
    Warning MissingRationale "missing-rationale" "say in a blockquote inside the option why it is right, or why it tempts and is wrong"
    Warning MissingSource "missing-source" "end the explanation with a footnote that names where to read it"
    Warning MissingExplanation "missing-explanation" "add a `> [!NOTE]` block that teaches what the question examines"
    Warning AllOfTheAbove "all-of-the-above" "write each option to stand alone; options are shuffled"
    Warning LongKey "long-key" "make key and distractors of like length; move the teaching into the rationale"
    Warning PlainNegative "plain-negative" "emphasise the negative (**not**), or ask for what is so"
    Warning UnusedSource "unused-source" "refer to the footnote from a question, or take it out"
    Warning NoCoursePage "no-course-page" "add a README.md with front matter and a `## Blueprint` to the folder"
    Warning UnusedBank "unused-bank" "name the bank in the blueprint, or move it out of the folder"
    Warning UnknownOutcome "unknown-outcome" "name an outcome of the course page, or add it to the table under `## Outcomes`"
    Warning UnknownTopic "unknown-topic" "use a topic of framework.md, or give this one a row there that says where to learn more"
    Warning OutcomeTwice "outcome-twice" "give one of the two outcomes another id"
    Warning NoAlt "no-alt" "describe the picture between the square brackets"
    Warning AbsoluteTerm "absolute-term" "write a distractor that could be so; or say it of the key too"
    Warning GrammarClue "grammar-clue" "write all options alike, and so that each follows from the stem"
    Warning Convergence "convergence" "use each element as often as the others, or ask for one of them"
    Warning TellingTitle "telling-title" "say in the title what is asked, not what is answered"
    Warning OptionOrder "option-order" "put the numbers in order and add the tag `fixed`"
    Warning KeyPosition "key-position" "move some keys to other letters"
    Warning DuplicateStem "duplicate-stem" "take one of the two out, or say in the stems what differs"
    Warning ThinCell "thin-cell" "write more such questions: papers that draw from few are much alike"
    Warning BadAllow "bad-allow" "write `<!-- allow NAME: REASON -->` with the name of a warning and a reason"
    Warning IdleAllow "idle-allow" "take the comment out"
    Warning TooMany "too-many" "mend those that are listed, then check again"
}

/// A fault, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of fault.
    pub code: Code,
    /// Where, in the source that was read.
    pub span: Span,
    /// What is wrong here, in a sentence without a full stop.
    pub message: String,
}

impl Diagnostic {
    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        self.code.remedy()
    }
}

/// Gathers diagnostics while a text is read.
#[derive(Debug, Default)]
pub(crate) struct Report {
    diagnostics: Vec<Diagnostic>,
    /// How many errors and warnings came, those that were not kept included.
    errors: usize,
    warnings: usize,
}

impl Report {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn add(&mut self, code: Code, span: Span, message: impl Into<String>) {
        let count = match code.severity() {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count += 1;
        if *count <= MOST {
            self.diagnostics.push(Diagnostic {
                code,
                span,
                message: message.into(),
            });
        }
    }

    /// How many there are so far.
    pub(crate) fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Forgets those that came after there were `len`.
    pub(crate) fn truncate(&mut self, len: usize) {
        for forgotten in self.diagnostics.drain(len.min(self.diagnostics.len())..) {
            match forgotten.severity() {
                Severity::Error => self.errors -= 1,
                Severity::Warning => self.warnings -= 1,
            }
        }
    }

    /// All of them in the order of their places, errors first where they share one.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        let left_out = self.errors.saturating_sub(MOST) + self.warnings.saturating_sub(MOST);
        if left_out > 0 {
            let last = self.diagnostics.last().map(|last| last.span);
            self.diagnostics.push(Diagnostic {
                code: Code::TooMany,
                span: last.unwrap_or_default(),
                message: format!("{left_out} more faults of this file are not listed"),
            });
        }
        let key = |at: u32| {
            let diagnostic = &self.diagnostics[at as usize];
            (
                diagnostic.span.start,
                diagnostic.severity(),
                diagnostic.code,
            )
        };
        let order = sorted::by(self.diagnostics.len(), &|a, b| key(a).cmp(&key(b)));
        let mut found: Vec<_> = self.diagnostics.into_iter().map(Some).collect();
        order
            .iter()
            .filter_map(|&at| found[at as usize].take())
            .collect()
    }
}
