//! Credentials on a command line: `--password=x`, `--token x`, `mysql -px`, `curl -u user:x`,
//! `sh -c "DB_PASSWORD=x run"`.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::AhoCorasick;

use crate::{Detection, detect::by_name, name::NameClass, value};
use kordon_model::Confidence;

/// One argument's credentials: which argument, and where in it.
pub(crate) struct ArgumentHit<'a> {
    pub idx: usize,
    /// The flag or variable, as written.
    pub name: &'a str,
    pub detection: Detection,
}

/// `command` and `args` of a container as one list.
pub(crate) fn detect<'a>(arguments: &[&'a str]) -> Vec<ArgumentHit<'a>> {
    let words: Vec<Word<'_>> =
        arguments.iter().enumerate().flat_map(|(idx, argument)| split(idx, argument)).collect();
    let mut hits = Vec::new();
    let mut program = "";
    for (nth, word) in words.iter().enumerate() {
        if nth == 0 || word.begins_command {
            program = word.text.rsplit('/').next().unwrap_or_default();
        } else if let Some(known) = known_program(word.text) {
            program = known;
        }
        let next = words.get(nth + 1);
        let hit =
            assignment(word).or_else(|| flag(word, next)).or_else(|| short(program, word, next));
        hits.extend(hit);
    }
    hits
}

/// A word of a shell command, or a whole argument.
#[derive(Clone, Copy)]
struct Word<'a> {
    argument: usize,
    start: usize,
    text: &'a str,
    begins_command: bool,
}

impl<'a> Word<'a> {
    fn hit(
        &self,
        name: &'a str,
        found: Option<Detection>,
        offset: usize,
    ) -> Option<ArgumentHit<'a>> {
        let mut detection = found?;
        let Range { start, end } = detection.span;
        detection.span = self.start + offset + start..self.start + offset + end;
        Some(ArgumentHit { idx: self.argument, name, detection })
    }
}

/// An argument with blanks is a script for a shell; its words end at blanks and quotes.
fn split(idx: usize, argument: &str) -> Vec<Word<'_>> {
    let word = |start, text, begins_command| Word { argument: idx, start, text, begins_command };
    let is_flag = argument.starts_with('-') && !argument.contains('\n') && !argument.contains(" -");
    if !argument.contains(char::is_whitespace) || is_flag {
        return vec![word(0, argument, false)];
    }
    let mut words = Vec::new();
    let mut begins_command = true;
    for (start, text) in shell_words(argument) {
        words.push(word(start, text, begins_command));
        let text = text.trim_end_matches(['"', '\'']);
        begins_command = text.ends_with([';', '|', '&', '(']) || is_variable_assignment(text);
    }
    words
}

fn is_variable_assignment(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

/// Words at blanks outside of quotes; surrounding quotes are taken off.
fn shell_words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let (mut start, mut quote) = (None, None);
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (None, '"' | '\'') => {
                quote = Some(character);
                start = start.or(Some(at));
            }
            (Some(open), _) if open == character => quote = None,
            (None, _) if character.is_whitespace() => {
                words.extend(start.take().and_then(|start| shell_word(text, start..at)));
            }
            _ => start = start.or(Some(at)),
        }
    }
    words.extend(start.and_then(|start| shell_word(text, start..text.len())));
    words
}

fn shell_word(text: &str, range: Range<usize>) -> Option<(usize, &str)> {
    let word = text.get(range.clone())?;
    let quoted = ['"', '\'']
        .iter()
        .find_map(|quote| word.strip_prefix(*quote).and_then(|word| word.strip_suffix(*quote)));
    Some(quoted.map_or((range.start, word), |inside| (range.start + 1, inside)))
}

/// `DB_PASSWORD=x`, `export TOKEN=x`, `spring.datasource.password=x`.
fn assignment<'a>(word: &Word<'a>) -> Option<ArgumentHit<'a>> {
    let (name, text) = word.text.split_once('=')?;
    let name_only = name.trim_start_matches('-');
    let name_only =
        name_only.strip_prefix('D').filter(|_| name.starts_with("-D")).unwrap_or(name_only);
    let (text, offset) = unquote(text, name.len() + 1);
    if name_only.contains(char::is_whitespace) || text.contains("$(") {
        return None;
    }
    word.hit(name, by_name(name_only, text).filter(|found| is_sure(found, text)), offset)
}

fn unquote(text: &str, offset: usize) -> (&str, usize) {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            return (rest.split_once(quote).map_or(rest, |(inside, _)| inside), offset + 1);
        }
    }
    (text.trim_end_matches([';', ',', '"', '\'', ')']), offset)
}

/// `--password x`.
fn flag<'a>(word: &Word<'a>, next: Option<&Word<'a>>) -> Option<ArgumentHit<'a>> {
    let name = word.text.strip_prefix("--").filter(|name| !name.contains('='))?;
    let next = next.filter(|next| !next.text.starts_with('-'))?;
    let (text, offset) = unquote(next.text, 0);
    next.hit(word.text, by_name(name, text).filter(|found| is_sure(found, text)), offset)
}

/// Flags such as `--secret` and `--token` take names of objects as often as secrets.
fn is_sure(found: &Detection, text: &str) -> bool {
    let has_blank = text.contains(char::is_whitespace);
    found.confidence > Confidence::Low && !has_blank && text.len() >= 2
}

const PASSWORD_P: [&str; 8] = [
    "mysql",
    "mysqladmin",
    "mysqldump",
    "mariadb",
    "mariadb-dump",
    "sshpass",
    "mongo",
    "mongodump",
];
const OTHER_PROGRAMS: [&str; 4] = ["redis-cli", "curl", "docker", "helm"];

/// Whether one of them could be called in a text: most command lines need no closer look.
pub(crate) fn names_program(text: &str) -> bool {
    static NAMES: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let names = PASSWORD_P.iter().chain(&OTHER_PROGRAMS);
        AhoCorasick::new(names).expect("few short words")
    });
    NAMES.is_match(text)
}

fn known_program(text: &str) -> Option<&'static str> {
    let name = text.rsplit('/').next().unwrap_or_default();
    let known = PASSWORD_P.iter().chain(&OTHER_PROGRAMS);
    known.copied().find(|known| *known == name)
}

/// One-letter flags mean a password only with some programs.
fn short<'a>(program: &str, word: &Word<'a>, next: Option<&Word<'a>>) -> Option<ArgumentHit<'a>> {
    let letter = match program {
        _ if PASSWORD_P.contains(&program) => "-p",
        "docker" | "helm" => "-p",
        "redis-cli" => "-a",
        "curl" => "-u",
        _ => return None,
    };
    let glued = word.text.strip_prefix(letter)?;
    // `mysql -p x` asks for the password and takes x for the database.
    let takes_next = !program.starts_with("my") && !program.starts_with("maria");
    let (word, text, offset) = match next {
        Some(next) if glued.is_empty() && takes_next => (next, next.text, 0),
        _ => (word, glued, letter.len()),
    };
    let (text, offset) = match (program, text.split_once(':')) {
        ("curl", Some((user, password))) => (password, offset + user.len() + 1),
        ("curl", None) => return None,
        _ => (text, offset),
    };
    let is_port = program == "docker" && text.contains(':');
    let is_secret =
        value::is_literal(text) && text.len() >= 3 && !text.starts_with('-') && !is_port;
    let found = Detection::named(NameClass::Password, Confidence::Medium, 0..text.len());
    word.hit(letter, is_secret.then_some(found), offset)
}
