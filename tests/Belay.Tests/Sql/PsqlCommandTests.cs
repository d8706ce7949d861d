using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class PsqlCommandTests
{
    private const string Copy =
        @"\copy reads or writes files on the machine that migrates, or runs a program there; to bring rows along, write "
            + @"COPY … FROM stdin; with the rows on the lines below it and \. on the line after the last";

    [Theory]
    [InlineData(@"\set ON_ERROR_STOP on")]
    [InlineData(@"\set")]
    [InlineData(@"\restrict aBc")]
    [InlineData(@"\unrestrict aBc")]
    [InlineData(@"\echo done")]
    [InlineData("\\timing\ton")]
    [InlineData(@"\pset pager off")]
    [InlineData(@"\encoding 'UTF8'")]
    [InlineData(@"\encoding utf-8")]
    public void Lets_commands_stand_that_change_only_psql(string command) => Assert.Null(PsqlCommand.RefusalOf(command));

    [Theory]
    [InlineData(@"\echo \qecho \warn \timing \pset \x \a \t \H \f \C \T \restrict \unrestrict \errverbose \conninfo \p \unset")]
    public void Lets_each_of_them_stand(string commands)
        => Assert.All(commands.Split(' '), command => Assert.Null(PsqlCommand.RefusalOf($"{command} a")));

    [Theory]
    [InlineData("ON_ERROR_STOP QUIET ECHO ECHO_HIDDEN VERBOSITY SHOW_CONTEXT HISTFILE HISTCONTROL PROMPT1 PROMPT2 PROMPT3")]
    public void Lets_variables_be_set_that_change_only_psql(string names)
        => Assert.All(names.Split(' '), name => Assert.Null(PsqlCommand.RefusalOf($@"\set {name} a")));

    [Theory]
    [InlineData(@"\! ls", @"\! runs a program on the machine that migrates")]
    [InlineData(@"\i other.sql", @"\i runs another file, whose text the history would not keep")]
    [InlineData(@"\include_relative other.sql", @"\include_relative runs another file, whose text the history would not keep")]
    [InlineData(@"\copy t from program 'ls'", Copy)]
    [InlineData(@"\copy t from 'C:\rows.csv' with (delimiter E'\t', null '`')", Copy)]
    [InlineData(@"\gexec", @"\gexec runs statements that stand in no file")]
    [InlineData(@"\connect other", @"\connect leaves the target database")]
    [InlineData(@"\c other", @"\c leaves the target database")]
    [InlineData(@"\o /tmp/x", @"\o writes to a file or a program on the machine that migrates")]
    [InlineData(@"\q", @"\q would end the script here in psql, and skip the rest")]
    [InlineData(@"\if true", @"\if runs parts of the script only in psql")]
    [InlineData(@"\ir other.sql", @"\ir runs another file, whose text the history would not keep")]
    [InlineData(@"\include other.sql", @"\include runs another file, whose text the history would not keep")]
    [InlineData(@"\w x", @"\w writes to a file or a program on the machine that migrates")]
    [InlineData(@"\g x", @"\g writes to a file or a program on the machine that migrates")]
    [InlineData(@"\gx x", @"\gx writes to a file or a program on the machine that migrates")]
    [InlineData(@"\s x", @"\s writes to a file or a program on the machine that migrates")]
    [InlineData(@"\out x", @"\out writes to a file or a program on the machine that migrates")]
    [InlineData(@"\write x", @"\write writes to a file or a program on the machine that migrates")]
    [InlineData(@"\quit", @"\quit would end the script here in psql, and skip the rest")]
    [InlineData(@"\elif true", @"\elif runs parts of the script only in psql")]
    [InlineData(@"\else", @"\else runs parts of the script only in psql")]
    [InlineData(@"\endif", @"\endif runs parts of the script only in psql")]
    [InlineData(@"\set name", @"\set name defines a psql variable, and variables are not replaced here")]
    [InlineData(@"\set name value", @"\set name defines a psql variable, and variables are not replaced here")]
    [InlineData(@"\set QUIET `ls`", @"\set with backquotes runs a program on the machine that migrates")]
    [InlineData(@"\echo a \! ls", @"several psql commands stand in one line: \echo a \! ls")]
    [InlineData(@"\encoding latin1", @"\encoding other than UTF8 cannot be honoured")]
    [InlineData(@"\.", @"\. ends COPY data, but no COPY … FROM stdin; stands before it")]
    [InlineData(@"\watch 1", @"\watch is a psql command that cannot run here")]
    [InlineData(@"\", @"\ is a psql command that cannot run here")]
    public void Refuses_the_others_with_the_reason(string command, string refusal) => Assert.Equal(refusal, PsqlCommand.RefusalOf(command));
}
