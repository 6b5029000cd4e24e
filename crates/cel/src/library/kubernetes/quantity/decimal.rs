//! Decimals of any length, as much of them as quantities need.

use std::cmp::Ordering;

use crate::EvalError;

/// `digits` / 10^`scale`
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Decimal {
    negative: bool,
    /// Most significant first, without leading zeros; none for zero.
    digits: Vec<u8>,
    scale: i32,
}

/// Sums of numbers further apart than this are refused.
const MAX_ALIGNMENT: usize = 100_000;

impl Decimal {
    pub(super) fn of(value: i64, scale: i32) -> Self {
        let magnitude = Self::from_digits(&value.unsigned_abs().to_string(), scale);
        Self { negative: value < 0, ..magnitude }
    }

    /// From ASCII digits.
    pub(super) fn from_digits(text: &str, scale: i32) -> Self {
        let digits = text.bytes().map(|digit| digit.wrapping_sub(b'0')).collect();
        Self { negative: false, digits, scale }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        let n_zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..n_zeros);
        self.negative &= !self.digits.is_empty();
        self
    }

    pub(super) fn scale(&self) -> i32 {
        self.scale
    }

    pub(super) fn sign(&self) -> i64 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    pub(super) fn negated(mut self) -> Self {
        self.negative = !self.negative && !self.digits.is_empty();
        self
    }

    /// The nearest double to the digits without their scale.
    pub(super) fn unscaled_f64(&self) -> f64 {
        let digits: String = self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        let magnitude: f64 =
            if digits.is_empty() { 0.0 } else { digits.parse().unwrap_or(f64::INFINITY) };
        if self.negative { -magnitude } else { magnitude }
    }

    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.sign().cmp(&other.sign()).then_with(|| {
            let magnitudes = self.order_of_magnitudes(other);
            if self.negative { magnitudes.reverse() } else { magnitudes }
        })
    }

    /// Position of the first digit before the point.
    fn magnitude(&self) -> i64 {
        i64::try_from(self.digits.len()).unwrap_or(i64::MAX) - i64::from(self.scale)
    }

    fn order_of_magnitudes(&self, other: &Self) -> Ordering {
        if self.digits.is_empty() || other.digits.is_empty() {
            return self.digits.len().cmp(&other.digits.len());
        }
        self.magnitude().cmp(&other.magnitude()).then_with(|| {
            let n_digits = self.digits.len().max(other.digits.len());
            let padded = |digits: &[u8], idx: usize| digits.get(idx).copied().unwrap_or(0);
            (0..n_digits)
                .map(|idx| padded(&self.digits, idx).cmp(&padded(&other.digits, idx)))
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        })
    }

    /// Times 2^`bits`.
    pub(super) fn doubled(mut self, bits: u32) -> Self {
        for _ in 0..bits {
            let mut carry = 0;
            for digit in self.digits.iter_mut().rev() {
                let doubled = *digit * 2 + carry;
                *digit = doubled % 10;
                carry = doubled / 10;
            }
            if carry > 0 {
                self.digits.insert(0, carry);
            }
        }
        self
    }

    /// With exactly `scale` digits behind the point; what is cut off rounds away from zero.
    pub(super) fn rounded_up(mut self, scale: i32) -> Self {
        let missing = i64::from(scale) - i64::from(self.scale);
        if let Ok(missing) = usize::try_from(missing) {
            self.digits.extend(std::iter::repeat_n(0, missing));
        } else {
            let surplus = usize::try_from(-missing).unwrap_or(usize::MAX);
            let kept = self.digits.len().saturating_sub(surplus);
            let cut_off = self.digits.split_off(kept);
            if cut_off.iter().any(|digit| *digit != 0) {
                self.increment();
            }
        }
        self.scale = scale;
        self.trimmed()
    }

    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
    }

    pub(super) fn add(&self, other: &Self) -> Result<Self, EvalError> {
        let scale = self.scale.max(other.scale);
        let (a, b) = (self.aligned(scale)?, other.aligned(scale)?);
        let (digits, negative) = if self.negative == other.negative {
            (sum(&a, &b), self.negative)
        } else if self.order_of_magnitudes(other).is_ge() {
            (difference(&a, &b), self.negative)
        } else {
            (difference(&b, &a), other.negative)
        };
        Ok(Self { negative, digits, scale }.trimmed())
    }

    /// The digits as of a greater scale, least significant first.
    fn aligned(&self, scale: i32) -> Result<Vec<u8>, EvalError> {
        let shift = usize::try_from(i64::from(scale) - i64::from(self.scale));
        let shift = shift
            .ok()
            .filter(|shift| *shift <= MAX_ALIGNMENT)
            .ok_or_else(|| EvalError::invalid("the quantities are too far apart to be added"))?;
        let zeros = std::iter::repeat_n(0, shift);
        Ok(zeros.chain(self.digits.iter().rev().copied()).collect())
    }
}

/// Of digits with the least significant first; the result has the most significant first.
fn sum(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let mut digits: Vec<u8> = (0..a.len().max(b.len()))
        .map(|idx| {
            let digit = |digits: &[u8]| digits.get(idx).copied().unwrap_or(0);
            let total = digit(a) + digit(b) + carry;
            carry = total / 10;
            total % 10
        })
        .collect();
    digits.push(carry);
    digits.reverse();
    digits
}

/// Of a number and one that is not greater.
fn difference(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut borrowed = 0;
    let mut digits: Vec<u8> = (0..a.len().max(b.len()))
        .map(|idx| {
            let digit = |digits: &[u8]| digits.get(idx).copied().unwrap_or(0);
            let taken = digit(b) + borrowed;
            borrowed = u8::from(digit(a) < taken);
            digit(a) + borrowed * 10 - taken
        })
        .collect();
    digits.reverse();
    digits
}
