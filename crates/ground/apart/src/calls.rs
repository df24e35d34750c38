//! What a worker may ask of the kernel: an allow-list. Whoever asks for anything else is ended at once.
//!
//! It is enough for a Rust program that computes in memory, on glibc and on musl. There is no socket, no opening, no new
//! process or thread, and no memory that runs. Descriptors are named: one that the service left open by mistake can be
//! neither read nor written.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, TargetArch,
};

/// Allowed whatever the arguments are.
const FREE: &[i64] = &[
    // memory
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    // waiting for oneself
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_restart_syscall,
    // ending, and signals that were on their way
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_rt_sigreturn,
    libc::SYS_rt_sigprocmask,
    libc::SYS_sigaltstack,
    // where the kernel's shared page cannot tell the time
    libc::SYS_clock_gettime,
    // seeds of hash tables
    libc::SYS_getrandom,
    libc::SYS_close,
    libc::SYS_getpid,
    libc::SYS_gettid,
];

const STDIN: u64 = 0;
const STDOUT: u64 = 1;
const STDERR: u64 = 2;

/// A `-1` in a descriptor's place, as 32 bits.
const NO_DESCRIPTOR: u64 = 0xffff_ffff;

/// The filter for the process `own`.
pub(crate) fn filter(own: u64, machine: TargetArch) -> Result<BpfProgram, BackendError> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = FREE.iter().map(|call| (*call, Vec::new())).collect();
    for call in [libc::SYS_read, libc::SYS_readv] {
        rules.insert(call, vec![all([is(0, STDIN)])?]);
    }
    for call in [libc::SYS_write, libc::SYS_writev] {
        rules.insert(call, vec![all([is(0, STDOUT)])?, all([is(0, STDERR)])?]);
    }
    let runs_nothing = || has_not(2, libc::PROT_EXEC as u64);
    rules.insert(libc::SYS_mmap, vec![all([runs_nothing(), is(4, NO_DESCRIPTOR)])?]);
    rules.insert(libc::SYS_mprotect, vec![all([runs_nothing()])?]);
    // How `abort` ends a process that was refused memory: by a signal to itself.
    let abort = libc::SIGABRT as u64;
    rules.insert(libc::SYS_tgkill, vec![all([is(0, own), is(2, abort)])?]);
    rules.insert(libc::SYS_tkill, vec![all([is(0, own), is(1, abort)])?]);
    SeccompFilter::new(rules, SeccompAction::KillProcess, SeccompAction::Allow, machine)?.try_into()
}

fn all<const COUNT: usize>(conditions: [Result<SeccompCondition, BackendError>; COUNT]) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(conditions.into_iter().collect::<Result<_, _>>()?)
}

/// The kernel takes descriptors, protections, processes and signals as 32 bits.
fn is(argument: u8, value: u64) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value)
}

fn has_not(argument: u8, bits: u64) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(bits), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: u64 = 4711;
    const ANONYMOUS: u64 = (libc::MAP_PRIVATE | libc::MAP_ANONYMOUS) as u64;
    const NONE: u64 = u64::MAX;

    fn machine() -> TargetArch {
        std::env::consts::ARCH.try_into().unwrap()
    }

    /// What the kernel would do: the filter carried out on one call, as `seccomp(2)` describes it.
    fn passes(program: &[seccompiler::sock_filter], call: i64, arguments: [u64; 6]) -> bool {
        let audit: u32 = if machine() == TargetArch::x86_64 { 0xc000_003e } else { 0xc000_00b7 };
        let mut data = [u32::try_from(call).unwrap().to_ne_bytes(), audit.to_ne_bytes(), [0; 4], [0; 4]].concat();
        data.extend(arguments.into_iter().flat_map(u64::to_ne_bytes));
        let (mut at, mut held) = (0, 0_u32);
        loop {
            let line = &program[at];
            let constant = line.k;
            at += 1;
            let jumped = match line.code {
                0x20 => {
                    let from = constant as usize;
                    held = u32::from_ne_bytes(data[from..from + 4].try_into().unwrap());
                    continue;
                }
                0x54 => {
                    held &= constant;
                    continue;
                }
                0x05 => {
                    at += constant as usize;
                    continue;
                }
                0x06 => return constant == libc::SECCOMP_RET_ALLOW,
                0x15 => held == constant,
                0x25 => held > constant,
                0x35 => held >= constant,
                other => panic!("an instruction that is not known here: {other:#x}"),
            };
            at += usize::from(if jumped { line.jt } else { line.jf });
        }
    }

    /// The heart of it, call by call: the kernel under the tests is asked by `tests/it` with a few of them.
    #[test]
    fn a_worker_may_compute_and_nothing_else() {
        let program = filter(OWN, machine()).unwrap();
        let check = |expected: bool, call: i64, arguments: &[u64]| {
            let mut all = [0; 6];
            all[..arguments.len()].copy_from_slice(arguments);
            assert_eq!(passes(&program, call, all), expected, "call {call} with {arguments:?}");
        };
        let (read, write, runs) = (libc::PROT_READ as u64, libc::PROT_WRITE as u64, libc::PROT_EXEC as u64);
        let (abort, kill) = (libc::SIGABRT as u64, libc::SIGKILL as u64);
        check(true, libc::SYS_read, &[0]);
        check(true, libc::SYS_write, &[1]);
        check(true, libc::SYS_writev, &[2]);
        check(true, libc::SYS_exit_group, &[1]);
        check(true, libc::SYS_getrandom, &[]);
        check(true, libc::SYS_mmap, &[0, 4096, read | write, ANONYMOUS, NONE, 0]);
        check(true, libc::SYS_mprotect, &[4096, 4096, read]);
        check(true, libc::SYS_tgkill, &[OWN, OWN, abort]);
        // descriptors that were left open
        check(false, libc::SYS_read, &[3]);
        check(false, libc::SYS_readv, &[1]);
        check(false, libc::SYS_write, &[0]);
        check(false, libc::SYS_write, &[3]);
        check(false, libc::SYS_mmap, &[0, 4096, read, libc::MAP_PRIVATE as u64, 3, 0]);
        // memory that runs
        check(false, libc::SYS_mmap, &[0, 4096, read | runs, ANONYMOUS, NONE, 0]);
        check(false, libc::SYS_mprotect, &[4096, 4096, read | runs]);
        check(false, libc::SYS_pkey_mprotect, &[4096, 4096, read | runs]);
        // other processes
        check(false, libc::SYS_tgkill, &[OWN, OWN, kill]);
        check(false, libc::SYS_tgkill, &[OWN + 1, OWN, abort]);
        for call in [
            libc::SYS_socket,
            libc::SYS_socketpair,
            libc::SYS_connect,
            libc::SYS_sendto,
            libc::SYS_sendmsg,
            libc::SYS_recvmsg,
            libc::SYS_openat,
            libc::SYS_openat2,
            libc::SYS_memfd_create,
            libc::SYS_dup,
            libc::SYS_fcntl,
            libc::SYS_ioctl,
            libc::SYS_sendfile,
            libc::SYS_splice,
            libc::SYS_execve,
            libc::SYS_execveat,
            libc::SYS_clone,
            libc::SYS_clone3,
            libc::SYS_kill,
            libc::SYS_ptrace,
            libc::SYS_process_vm_readv,
            libc::SYS_prctl,
            libc::SYS_prlimit64,
            libc::SYS_seccomp,
            libc::SYS_io_uring_setup,
            libc::SYS_bpf,
            libc::SYS_mount,
            libc::SYS_unshare,
            libc::SYS_keyctl,
            libc::SYS_shmget,
            libc::SYS_rt_sigaction,
            libc::SYS_personality,
        ] {
            check(false, call, &[]);
        }
    }

    /// The calls of another machine have other numbers: whoever uses them is ended.
    #[test]
    fn the_calls_of_another_machine_are_refused() {
        let other = if machine() == TargetArch::x86_64 { TargetArch::aarch64 } else { TargetArch::x86_64 };
        assert!(!passes(&filter(OWN, other).unwrap(), libc::SYS_exit_group, [0; 6]));
        if machine() == TargetArch::x86_64 {
            assert!(!passes(&filter(OWN, machine()).unwrap(), 0x4000_0000 | libc::SYS_read, [0; 6]), "x32");
        }
    }
}
