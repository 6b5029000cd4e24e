//! A file as a sequence of parts, each of which becomes one document.

use std::sync::Arc;

use kordon_base::{Source, Span};
use kordon_model::{NodeRef, Tree};

use crate::{
    Document, Limits, ListItem, ListOf, Loss, Note, NoteKind, Problem, Reason, Role, Template,
    assembly::Failure,
    json,
    split::{Form, Piece, json_span, split},
    text::decode,
    yaml,
};

/// A file that was read but not yet parsed. The parts of it can be read one after the other or at
/// the same time; each gives a tree of its own.
#[derive(Debug)]
pub struct Manifest {
    source: Arc<Source>,
    parts: Vec<Part>,
    problems: Vec<Problem>,
    /// Where bytes were no text.
    invalid: Vec<u32>,
    limits: Limits,
    role: Role,
}

/// Where in a file one document stands.
#[derive(Clone, Debug)]
pub struct Part {
    form: Form,
    span: Span,
    ordinal: u32,
    item: Option<ListItem>,
}

impl Part {
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Which document of its file it is, from 0. Items of one list have the same.
    #[must_use]
    pub fn ordinal(&self) -> u32 {
        self.ordinal
    }
}

impl Manifest {
    /// `name` is the path as it is reached from the working directory, `-` for standard input.
    #[must_use]
    pub fn new(name: &str, bytes: Vec<u8>, limits: Limits) -> Self {
        let size = bytes.len() as u64;
        let limit = limits.max_file_bytes.min(u64::from(u32::MAX));
        if size > limit {
            let problem = Problem::of_file(name, Reason::TooLarge { bytes: size, limit });
            return Self::unread(name, problem, limits);
        }
        let text = decode(bytes);
        let source = Arc::new(Source::new(name, text.text));
        let pieces = split(source.text(), text.marked, &limits);
        let (parts, problems, role) = (Vec::new(), Vec::new(), Role::Plain);
        let mut manifest = Self { source, parts, problems, invalid: text.invalid, limits, role };
        for (ordinal, piece) in (0..).zip(pieces) {
            if manifest.parts.len() >= limits.max_documents {
                let reason = Reason::TooManyDocuments { limit: limits.max_documents };
                let at = piece.span().start;
                manifest.problems.push(Problem::at(&manifest.source, at, Loss::Partial, reason));
                break;
            }
            manifest.add(ordinal, piece);
        }
        manifest
    }

    pub(crate) fn unread(name: &str, problem: Problem, limits: Limits) -> Self {
        let source = Arc::new(Source::new(name, ""));
        let (parts, problems, invalid) = (Vec::new(), vec![problem], Vec::new());
        Self { source, parts, problems, invalid, limits, role: Role::Plain }
    }

    /// What the place of the file says of its documents.
    #[must_use]
    pub fn with_role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    fn add(&mut self, ordinal: u32, piece: Piece) {
        match piece {
            Piece::Document { form, span } => {
                self.parts.push(Part { form, span, ordinal, item: None });
            }
            Piece::List { form, kind, api_version, items, .. } => {
                let text = |span: Span| Box::from(self.source.slice(span));
                let api_version = api_version.map(text).unwrap_or_default();
                let list = Arc::new(ListOf { api_version, kind: text(kind) });
                for (idx, span) in (0..).zip(items) {
                    let item = Some(ListItem { idx, list: Arc::clone(&list) });
                    self.parts.push(Part { form, span, ordinal, item });
                }
            }
        }
    }

    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// What was met before any part was read.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether the text has the marks of a template, `{{ … }}` or `{% … %}`.
    #[must_use]
    pub fn template(&self) -> Option<Template> {
        template(self.source.text())
    }

    /// Parses one part.
    ///
    /// # Errors
    ///
    /// What the API server refuses, what a limit keeps out, and templates that are not YAML before
    /// they are rendered.
    pub fn read(&self, part: &Part) -> Result<Document, Problem> {
        if matches!(self.role, Role::ChartTemplate | Role::TemplateFile)
            && let Some(template) = template(self.source.slice(part.span))
        {
            let template = match self.role {
                Role::ChartTemplate => Template::Helm,
                _ => template,
            };
            let reason = Reason::Template(template);
            return Err(Problem::at(&self.source, part.span.start, Loss::Document, reason));
        }
        let read = match part.form {
            Form::Yaml => self.read_yaml(part),
            Form::Json => self.read_json(part),
        };
        let (tree, mut notes) = read.map_err(|failure| self.problem(part, failure))?;
        notes.extend(self.invalid_in(part.span));
        let (ordinal, item) = (part.ordinal, part.item.clone());
        let is_patch = self.role == Role::KustomizePatch;
        Ok(Document { tree, notes, ordinal, item, is_patch })
    }

    /// What is not quite JSON may still be YAML.
    fn read_json(&self, part: &Part) -> Result<(Tree, Vec<Note>), Failure> {
        let span = json_span(self.source.text(), part.span).unwrap_or(part.span);
        json::parse(&self.source, span, &self.limits).or_else(|error| match error.reason {
            Reason::Syntax(_) if part.item.is_none() => {
                self.read_yaml(part).map_err(|_yaml_error| error)
            }
            _ => Err(error),
        })
    }

    fn read_yaml(&self, part: &Part) -> Result<(Tree, Vec<Note>), Failure> {
        if let Some(note) = self.invalid_in(part.span).next() {
            let reason = Reason::Syntax("bytes that are no text in the file's encoding".into());
            return Err(Failure { at: note.span.start, reason });
        }
        let (tree, notes) = yaml::parse(&self.source, part.span, &self.limits)?;
        if part.item.is_none() {
            return Ok((tree, notes));
        }
        // The item stands there with its dash, as the one item of a list.
        let mut items = tree.root().items();
        let (Some(item), None) = (items.next().map(NodeRef::id), items.next()) else {
            let reason = Reason::Syntax("did not find the one item of a list".into());
            return Err(Failure { at: part.span.start, reason });
        };
        drop(items);
        Ok((tree.with_root(item), notes))
    }

    fn invalid_in(&self, span: Span) -> impl Iterator<Item = Note> {
        let from = self.invalid.partition_point(|at| *at < span.start);
        let inside = self.invalid[from..].iter().take_while(move |at| **at < span.end);
        inside
            .map(|at| Note { span: Span { start: *at, end: at + 3 }, kind: NoteKind::InvalidUtf8 })
    }

    fn problem(&self, part: &Part, failure: Failure) -> Problem {
        let reason = match failure.reason {
            Reason::Syntax(message) => match template(self.source.slice(part.span)) {
                Some(template) => Reason::Template(template),
                None => Reason::Syntax(message),
            },
            reason => reason,
        };
        Problem::at(&self.source, failure.at, Loss::Document, reason)
    }
}

fn template(text: &str) -> Option<Template> {
    let has = |mark| memchr::memmem::find(text.as_bytes(), mark).is_some();
    let (braces, blocks) = (has(b"{{"), has(b"{%"));
    if !braces && !blocks {
        return None;
    }
    let helm = [&b".Values"[..], b".Release.", b".Chart.", b"include \"", b"{{-", b"{{/*"];
    Some(match blocks {
        true => Template::Jinja,
        false if helm.iter().any(|mark| has(mark)) => Template::Helm,
        false => Template::Unknown,
    })
}

#[cfg(test)]
mod tests;
