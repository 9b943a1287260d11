//! How persons are written down: told by their members where those have names, by a number before
//! them in [packed](super::Packed) lists, which have none.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Person;

#[derive(Serialize, Deserialize)]
#[serde(remote = "Person", untagged)]
enum ByMembers {
    Split { last: String, first: String },
    Whole { name: String },
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Person")]
enum ByNumber {
    Split { last: String, first: String },
    Whole { name: String },
}

impl Serialize for Person {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            ByMembers::serialize(self, serializer)
        } else {
            ByNumber::serialize(self, serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Person {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            ByMembers::deserialize(deserializer)
        } else {
            ByNumber::deserialize(deserializer)
        }
    }
}
