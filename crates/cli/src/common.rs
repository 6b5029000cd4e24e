//! Flags that several commands have, with the same meaning everywhere.

use std::{
    collections::BTreeMap,
    io::{IsTerminal as _, stderr, stdout},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use kordon_base::KubernetesVersion;
use kordon_finding::Severity;
use kordon_posture::{Configuration, Override, Profile};
use kordon_report::{
    Artifacts, Colour, Language, Report, TableOptions, write_json, write_sarif, write_table,
};

use crate::{
    configuration::ConfigurationFile, environment, failure::tell, output, scan::TextFixes,
};

/// Which checks are asked.
#[derive(Args, Debug, Default)]
pub(crate) struct Select {
    /// Only these checks: ids, families, globs, or a peer's id
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    checks: Vec<String>,
    /// Not these checks
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    skip: Vec<String>,
    /// Check files of your own, beside the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(crate) checks_from: Vec<PathBuf>,
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_enum)]
    #[arg(help = "Which sets of checks are on [default: security]")]
    profile: Vec<ProfileName>,
    /// The minor version of Kubernetes whose rules hold [default: the newest known]
    #[arg(long, value_name = "1.N")]
    kubernetes_version: Option<KubernetesVersion>,
    #[arg(skip)]
    from_file: FromFile,
}

/// What only the configuration file can say.
#[derive(Clone, Debug, Default)]
struct FromFile {
    overrides: BTreeMap<String, Override>,
    profiles: Vec<Profile>,
}

#[derive(Clone, Copy, ValueEnum, Debug)]
enum ProfileName {
    Security,
    Reliability,
}

impl Select {
    /// What the flags leave open is as the file says; what is skipped by either is skipped.
    pub(crate) fn fill(&mut self, file: &ConfigurationFile) {
        if self.checks.is_empty() {
            self.checks.clone_from(&file.only);
        }
        self.skip.extend_from_slice(&file.skip);
        self.checks_from.extend_from_slice(&file.checks_from);
        self.kubernetes_version = self.kubernetes_version.or(file.kubernetes_version);
        self.from_file.overrides.clone_from(&file.checks);
        self.from_file.profiles = file.profiles.clone().unwrap_or_default();
    }

    pub(crate) fn kubernetes(&self) -> KubernetesVersion {
        self.kubernetes_version.unwrap_or(KubernetesVersion::NEWEST)
    }

    pub(crate) fn configuration(&self) -> Configuration {
        let profile = |name: &ProfileName| match name {
            ProfileName::Security => Profile::Security,
            ProfileName::Reliability => Profile::Reliability,
        };
        let chosen: Vec<Profile> = self.profile.iter().map(profile).collect();
        let defaults = Configuration::default();
        let profiles = [chosen, self.from_file.profiles.clone(), defaults.profiles];
        Configuration {
            only: self.checks.clone(),
            skip: self.skip.clone(),
            profiles: profiles.into_iter().find(|list| !list.is_empty()).unwrap_or_default(),
            overrides: self.from_file.overrides.clone(),
            kubernetes: self.kubernetes(),
        }
    }
}

/// What the exit code says.
#[derive(Args, Debug)]
pub(crate) struct Gate {
    /// Leave findings below this severity out of the report
    #[arg(long, value_name = "LEVEL")]
    severity: Option<Severity>,
    /// Exit with 1 if there are findings from this severity on, or `never` [default: high]
    #[arg(long, value_name = "LEVEL|never")]
    fail_on: Option<FailOn>,
    /// Exit with 1 if something was not assessed
    #[arg(long)]
    pub(crate) fail_on_coverage: bool,
    /// Exit with 2 if something was not assessed
    #[arg(long)]
    pub(crate) strict: bool,
}

impl Gate {
    pub(crate) fn fill(&mut self, file: &ConfigurationFile) {
        self.severity = self.severity.or(file.severity);
        self.fail_on = self.fail_on.or(file.fail_on);
        self.fail_on_coverage |= file.fail_on_coverage.unwrap_or(false);
        self.strict |= file.strict.unwrap_or(false);
    }

    pub(crate) fn fail_on(&self) -> FailOn {
        self.fail_on.unwrap_or(FailOn::From(Severity::High))
    }

    pub(crate) fn is_shown(&self, severity: Severity) -> bool {
        self.severity.is_none_or(|least| severity >= least)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FailOn {
    Never,
    From(Severity),
}

impl std::str::FromStr for FailOn {
    type Err = kordon_finding::ParseSeverityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "never" => Ok(Self::Never),
            level => level.parse().map(Self::From),
        }
    }
}

/// Where the report goes, and how it looks.
#[derive(Args, Debug)]
pub(crate) struct Output {
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    #[arg(help = "The form of the report")]
    format: Format,
    /// Write the report to a file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Save the report to a file too, beside what is printed: as SARIF where the name ends in
    /// .sarif, else as JSON
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    #[arg(help = "The language of the table [default: that of the environment]")]
    lang: Option<Lang>,
    #[arg(skip)]
    language: Option<Language>,
    /// Say nothing on standard error but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// How many files are read at the same time
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
enum Format {
    Table,
    Json,
    Sarif,
}

impl Format {
    fn of_file(file: &Path) -> Self {
        match file.extension() {
            Some(extension) if extension.eq_ignore_ascii_case("sarif") => Self::Sarif,
            _ => Self::Json,
        }
    }
}

#[derive(Clone, Copy, ValueEnum, Debug)]
enum Lang {
    En,
    Zh,
}

impl Output {
    pub(crate) fn fill(&mut self, file: &ConfigurationFile) {
        self.language = file.language;
    }

    /// Sets the size of the thread pool.
    pub(crate) fn set_jobs(&self) -> anyhow::Result<()> {
        let Some(jobs) = self.jobs else { return Ok(()) };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1));
        pool.build_global().context("cannot start threads")
    }

    pub(crate) fn wants_progress(&self) -> bool {
        !self.quiet && stderr().is_terminal()
    }

    /// Whether the report goes to a person who looks at it now.
    pub(crate) fn is_looked_at(&self) -> bool {
        self.format == Format::Table && self.output.is_none() && stdout().is_terminal()
    }

    pub(crate) fn text_fixes(&self) -> TextFixes {
        let formats = [Some(self.format), self.save.as_deref().map(Format::of_file)];
        if formats.contains(&Some(Format::Sarif)) { TextFixes::Wanted } else { TextFixes::Unwanted }
    }

    pub(crate) fn render(
        &self,
        report: &Report<'_>,
        artifacts: &dyn Artifacts,
        n_hidden: usize,
    ) -> anyhow::Result<()> {
        let options = self.table_options(n_hidden);
        let saved = self.save.as_deref().map(|file| (Format::of_file(file), Some(file)));
        let printed = (self.format, self.output.as_deref());
        for (format, file) in std::iter::once(printed).chain(saved) {
            output::write(file, |out| match format {
                Format::Table => write_table(report, options, out),
                Format::Json => write_json(report, out),
                Format::Sarif => write_sarif(report, artifacts, out),
            })?;
            self.tell_written(file);
        }
        Ok(())
    }

    fn tell_written(&self, file: Option<&Path>) {
        if let Some(file) = file
            && !self.quiet
        {
            let text = self.language().text("report.written", &[("file", &file.display())]);
            tell(&format!("{text}\n"));
        }
    }

    fn table_options(&self, n_hidden: usize) -> TableOptions {
        let is_terminal = self.output.is_none() && stdout().is_terminal();
        let wants_colour = is_terminal && environment::allows_colour();
        let size = terminal_size::terminal_size().filter(|_| is_terminal);
        TableOptions {
            columns: size.map_or(TableOptions::default().columns, |(width, _)| width.0.into()),
            colour: if wants_colour { Colour::Ansi } else { Colour::Never },
            n_hidden,
            language: self.language(),
        }
    }

    fn language(&self) -> Language {
        match self.lang {
            Some(Lang::En) => Language::English,
            Some(Lang::Zh) => Language::Chinese,
            None => self.language.unwrap_or_else(environment::language),
        }
    }
}
