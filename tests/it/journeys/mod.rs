//! What the program is for, from one end to the other.

mod cut;
mod cut_many;
mod evidence;
mod gateways;
mod older;
mod operations;
mod rotation;
